/** How long a chosen mark stays in view before the next step, in milliseconds. */
export const CHOICE_MS = 260;

/**
 * What a card with a row of marks needs, but stars and thumbs. It comes without motion, so nobody
 * has to ask for less of it, and in one weight of the font, as another would be looked up and loaded
 * before the first question shows. The host has no box: in a flexible body even an empty one would take
 * room, and a fixed one would hold the card below what the page stacks.
 */
export const cardStyles = `
:host { all: initial !important; display: contents !important; }
.card {
  --bg: var(--telltale-background, #fff);
  --ink: var(--telltale-text, #17191f);
  --soft: var(--telltale-muted, color-mix(in srgb, var(--ink) 66%, var(--bg)));
  --line: var(--telltale-border, color-mix(in srgb, var(--ink) 12%, var(--bg)));
  --accent: var(--telltale-accent, #4f46e5);
  --on: var(--bg);
  position: fixed;
  z-index: var(--telltale-z-index, 2147483000);
  inset: var(--telltale-offset, 20px);
  justify-content: right;
  align-items: end;
  pointer-events: none;
  color: var(--ink);
  font: 13px/20px var(--telltale-font, system-ui);
}
.dark {
  --bg: var(--telltale-background, #1b1d23);
  --ink: var(--telltale-text, #eee);
  --accent: var(--telltale-accent, #a5b4fc);
}
.card, .marks, .ends, footer { display: flex; }
.box {
  box-sizing: border-box;
  position: relative;
  width: var(--telltale-width, 360px);
  max-height: 100%;
  padding: 16px;
  overflow: auto;
  pointer-events: auto;
  background: var(--bg);
  border: 1px solid var(--line);
  border-radius: var(--telltale-radius, 14px);
  box-shadow: var(--telltale-shadow, 0 8px 32px #0002);
}
[class*=left] { justify-content: left; }
[class*=top] { align-items: start; }
.center { justify-content: center; }
button {
  min-width: 44px;
  min-height: 44px;
  padding: 0 8px;
  border: 0;
  border-radius: 10px;
  background: none;
  color: inherit;
  font: inherit;
  fill: none;
  stroke: currentColor;
}
p { padding-inline-end: 32px; margin: 0 0 16px; overflow-wrap: anywhere; }
p, .close { font-size: 16px; }
.close { position: absolute; inset-inline-end: 4px; top: 4px; }
footer, .close, .faces, .ends { color: var(--soft); }
.marks { gap: 2px; flex-wrap: wrap; }
.marks button { flex: 1; border: 1px solid var(--line); }
.faces { --line: #0000; }
[aria-checked=true] { background: var(--accent); }
.box:has(.of10, .of11) { width: var(--telltale-width, 538px); }
.ends { justify-content: space-between; gap: 16px; margin-top: 4px; }
svg { stroke-width: 2; stroke-linecap: round; display: block; width: 32px; height: 32px; margin: auto; }
footer { margin: 16px -16px -16px; padding: 2px 10px; border-top: 1px solid var(--line); }
[aria-expanded] { margin-inline-start: auto; }
[role=status] { position: absolute; contain: strict; width: 360px; height: 20px; opacity: 0; }
@media (max-width: 480px) {
  .of10, .of11 { display: grid; grid: auto / repeat(5, 1fr); }
  .of11 { grid: auto / repeat(6, 1fr); }
  .card { inset: 0; align-items: end; }
  .card .box { width: 100%; border-width: 1px 0 0; border-radius: 16px 16px 0 0; padding-bottom: calc(16px + env(safe-area-inset-bottom)); }
}
`;

/** Adds a style sheet, once, and returns it. */
export type Adopt = (css: string) => CSSStyleSheet;

/** Adds style sheets to a shadow root, out of reach of the page's own sheets and its policy. */
export function createAdopt(root: ShadowRoot): Adopt {
  const sheets: { [css: string]: CSSStyleSheet } = {};
  return (css) => {
    let sheet = sheets[css];
    if (!sheet) {
      sheet = sheets[css] = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets.push(sheet);
    }
    return sheet;
  };
}
