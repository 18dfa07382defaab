/** How long a chosen mark stays in view before the next step, in milliseconds. */
export const CHOICE_MS = 260;

/**
 * What the first look at a card with faces needs. The clear outline of a chosen mark is for forced
 * colours, which make it visible and take its background away.
 */
export const cardStyles = `
:host {
  all: initial !important;
  position: fixed !important;
  z-index: var(--telltale-z-index, 2147483000) !important;
}
.card {
  --bg: var(--telltale-background, #fff);
  --ink: var(--telltale-text, #17191f);
  --soft: var(--telltale-muted, color-mix(in srgb, var(--ink) 66%, var(--bg)));
  --line: var(--telltale-border, color-mix(in srgb, var(--ink) 12%, var(--bg)));
  --accent: var(--telltale-accent, #4f46e5);
  --lit: var(--accent);
  --on: #fff;
  --gap: var(--telltale-offset, 20px);
  position: fixed;
  inset: var(--gap);
  display: flex;
  pointer-events: none;
  color: var(--ink);
  font: 14px/20px var(--telltale-font, system-ui, sans-serif);
  animation: in .25s;
}
.box {
  box-sizing: border-box;
  width: var(--telltale-width, 360px);
  max-width: 100%;
  max-height: 100%;
  margin: auto 0 0 auto;
  padding: 16px 20px 0;
  overflow: auto;
  pointer-events: auto;
  background: var(--bg);
  border: 1px solid var(--line);
  border-radius: var(--telltale-radius, 14px);
  box-shadow: var(--telltale-shadow, 0 8px 32px #0002);
}
.dark {
  --bg: var(--telltale-background, #1b1d23);
  --ink: var(--telltale-text, #f2f3f5);
  --accent: var(--telltale-accent, #a5b4fc);
  --on: #14161b;
}
.bottom_left .box { margin: auto auto 0 0; }
.top_right .box { margin: 0 0 auto auto; }
.top_left .box { margin: 0 auto auto 0; }
.center .box { margin: auto auto 0; }
@keyframes in { from { opacity: 0; translate: 0 12px; } }
button {
  min-width: 44px;
  min-height: 44px;
  padding: 0 8px;
  border: 0;
  border-radius: 10px;
  background: none;
  color: inherit;
  font: inherit;
  cursor: pointer;
}
button:hover { background: #8882; color: var(--ink); }
:focus-visible { outline: 2px solid var(--lit); outline-offset: 1px; }
svg { display: block; width: 32px; margin: auto; fill: none; stroke: currentColor; stroke-width: 1.5; stroke-linecap: round; }
p { flex: 1; margin: 0; overflow-wrap: anywhere; }
header { display: flex; align-items: start; gap: 8px; font-size: 15px; font-weight: 600; padding-bottom: 12px; }
.icon, .faces, .ends, footer { color: var(--soft); }
.icon svg { width: 18px; }
header .icon { margin: -11px 0; margin-inline-end: -13px; }
.marks { display: flex; flex-wrap: wrap; gap: 4px; }
.marks button { flex: 1; padding: 8px 0; }
.marks [aria-checked=true] { background: var(--accent); color: var(--on); outline: 3px solid #0000; }
.ends { display: flex; justify-content: space-between; gap: 16px; padding: 4px 0 8px; font-size: 12px; }
footer { display: flex; margin: 8px -20px 0; padding: 2px 12px; border-top: 1px solid var(--line); font-size: 13px; }
footer .icon { margin-inline-start: auto; }
.said { position: absolute; clip-path: inset(50%); }
@media (max-width: 480px) {
  .card { inset: 0 0 var(--lift, 0); }
  .card .box { width: 100%; margin: auto 0 0; border-width: 1px 0 0; border-radius: 18px 18px 0 0; padding-bottom: env(safe-area-inset-bottom); }
}
@media (prefers-reduced-motion) { .card { animation: none; } }
`;

/** Adds a style sheet to a shadow root, out of reach of the page's own sheets and its policy. */
export function adopt(root: ShadowRoot, css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
  return sheet;
}
