/** Length after which a mark that was chosen gives way to the next step, in milliseconds. */
export const CHOICE_MS = 240;

/** What the first look at a card needs. */
export const cardStyles = `
:host {
  all: initial !important;
  position: fixed !important;
  z-index: var(--telltale-z-index, 2147483000) !important;
}
.card {
  --bg: var(--telltale-background, #fff);
  --ink: var(--telltale-text, #1a1d23);
  --soft: var(--telltale-muted, #626976);
  --line: var(--telltale-border, #e3e5ea);
  --accent: var(--telltale-accent, #4f46e5);
  --lit: var(--accent);
  --on: #fff;
  --tint: color-mix(in srgb, var(--ink) 6%, transparent);
  --gap: var(--telltale-offset, 20px);
  position: fixed;
  box-sizing: border-box;
  width: min(var(--telltale-width, 360px), 100vw - 2 * var(--gap));
  max-height: calc(100dvh - 2 * var(--gap));
  overflow: auto;
  overscroll-behavior: contain;
  padding: 18px 20px 12px;
  background: var(--bg);
  color: var(--ink);
  border: 1px solid var(--line);
  border-radius: var(--telltale-radius, 14px);
  box-shadow: var(--telltale-shadow, 0 1px 2px #0f172a0a, 0 6px 16px -4px #0f172a14, 0 20px 40px -12px #0f172a29);
  font: 400 14px/1.5 var(--telltale-font, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif);
  text-align: start;
  color-scheme: light;
  animation: in .26s cubic-bezier(.2, .8, .2, 1);
}
.dark {
  --bg: var(--telltale-background, #1c1e24);
  --ink: var(--telltale-text, #f1f2f4);
  --soft: var(--telltale-muted, #a3a9b5);
  --line: var(--telltale-border, #363a44);
  --accent: var(--telltale-accent, #a5b4fc);
  --on: #14161b;
  color-scheme: dark;
}
.card, .bottom_right { bottom: var(--gap); right: var(--gap); }
.bottom_left { right: auto; left: var(--gap); }
.top_right { bottom: auto; top: var(--gap); }
.top_left { bottom: auto; right: auto; top: var(--gap); left: var(--gap); }
.center { right: auto; left: 50%; translate: -50%; }
.wide { width: min(var(--telltale-width, 548px), 100vw - 2 * var(--gap)); }
@keyframes in { from { opacity: 0; transform: translateY(10px) scale(.985); } }
* { box-sizing: border-box; }
p { margin: 0; }
button {
  min-width: 44px;
  min-height: 44px;
  padding: 0;
  border: 0;
  background: none;
  color: inherit;
  font: inherit;
  border-radius: 10px;
  cursor: pointer;
  touch-action: manipulation;
  -webkit-tap-highlight-color: transparent;
}
:focus { outline: none; }
:focus-visible { outline: 2px solid var(--lit); outline-offset: 2px; }
svg { width: 30px; height: 30px; display: block; margin: auto; fill: none; stroke: currentColor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.head { display: flex; align-items: flex-start; gap: 8px; margin-bottom: 14px; }
.q { flex: 1; font-size: 15px; font-weight: 600; line-height: 1.4; letter-spacing: -.006em; overflow-wrap: anywhere; }
.icon { color: var(--soft); }
.icon svg { width: 18px; height: 18px; }
.head .icon { margin-block: -12px; margin-inline-end: -14px; }
.marks { display: flex; gap: 4px; }
.mark { flex: 1; min-height: 48px; color: var(--soft); transition: background .12s, color .12s; }
.mark svg { transition: transform .16s; }
.numbers .mark, .nps .mark { border: 1px solid var(--line); color: var(--ink); font-variant-numeric: tabular-nums; font-weight: 500; min-height: 44px; }
button:hover { background: var(--tint); color: var(--ink); }
.mark:hover svg { transform: scale(1.12); }
.stars .mark:hover svg { transform: none; }
.mark[aria-checked=true], .numbers .mark[aria-checked=true] { background: var(--accent); border-color: var(--accent); color: var(--on); }
.stars .lit, .stars .mark[aria-checked=true] { background: none; color: var(--lit); }
.lit svg { fill: currentColor; }
.faces svg { fill: none; }
.ends { display: flex; justify-content: space-between; gap: 16px; margin-top: 6px; font-size: 12.5px; color: var(--soft); }
.foot { display: flex; flex-wrap: wrap; gap: 0 4px; margin: 6px -8px 0; font-size: 13px; color: var(--soft); }
.foot button { padding: 0 8px; }
.foot :last-child { margin-inline-start: auto; }
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
@media (prefers-reduced-motion: reduce) { .card, .mark, .mark svg { animation: none; transition: none; } }
@media (forced-colors: active) { .mark[aria-checked=true] { outline: 2px solid Highlight; } .mark { border: 1px solid ButtonText; } }
`;

/** Adds a style sheet to a shadow root, out of reach of the page's own sheets and its policy. */
export function adopt(root: ShadowRoot, css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  return sheet;
}
