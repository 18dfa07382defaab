/** What every step but a row of faces needs. */
export const moreStyles = `
.stars svg, .thumbs svg { width: 28px; stroke-linejoin: round; }
.thumbs :last-child svg { transform: scaleY(-1); }
.stars { color: var(--soft); }
.stars button:hover, .stars [aria-checked=true] { background: none; color: var(--lit); }
.stars:hover svg, .stars:has([aria-checked=true]) svg { fill: currentColor; color: var(--lit); }
.stars button:hover ~ button svg, .stars [aria-checked=true] ~ button svg { fill: none; color: var(--soft); }
.numbers button { min-height: 44px; border: 1px solid var(--line); font-weight: 500; font-variant-numeric: tabular-nums; }
.numbers button:hover { border-color: var(--lit); }
.numbers [aria-checked=true] { border-color: var(--accent); }
.thumbs { gap: 8px; }
.thumbs button { border: 1px solid var(--line); }
.options { display: grid; gap: 6px; }
.options button { display: flex; gap: 10px; align-items: center; padding: 10px 12px; border: 1px solid var(--line); text-align: start; }
.options button::before { content: ""; flex: none; width: 16px; height: 16px; border: 1.5px solid var(--edge); border-radius: 50%; box-shadow: inset 0 0 0 3px var(--bg); }
.options [role=checkbox]::before { border-radius: 5px; }
.options [aria-checked=true] { border-color: var(--lit); }
.options [aria-checked=true]::before { border-color: var(--lit); background: var(--lit); }
.dark { color-scheme: dark; }
.card { --edge: color-mix(in srgb, var(--ink) 55%, var(--bg)); }
textarea, input {
  box-sizing: border-box;
  width: 100%;
  padding: 9px 12px;
  border: 1px solid var(--edge);
  border-radius: 10px;
  background: none;
  color: inherit;
  font: inherit;
  font-size: 16px;
}
textarea { display: block; min-height: 92px; resize: vertical; }
input:not([hidden]) { display: block; min-height: 44px; margin-top: 6px; }
::placeholder { color: var(--soft); opacity: 1; }
.actions { display: flex; gap: 8px; justify-content: end; margin: 10px 0 16px; }
[hidden] { display: none; }
.back { margin-inline: -8px auto; color: var(--soft); }
.send { box-sizing: border-box; min-height: 44px; padding: 11px 18px; border-radius: 10px; background: var(--accent); color: var(--on); font-weight: 600; text-decoration: none; }
.send:hover { background: color-mix(in srgb, var(--accent) 86%, var(--ink)); color: var(--on); }
.why { padding: 4px 0 16px; font-size: 13px; color: var(--soft); }
.done { display: none; }
.box:has(.done) header { padding-bottom: 16px; }
@media (min-width: 481px) {
  .box:has(.of7) { width: var(--telltale-width, 396px); }
  .box:has(.of10, .of11) { width: var(--telltale-width, 566px); }
}
@media (max-width: 480px) {
  .of10, .of11 { display: grid; grid-template-columns: repeat(5, 1fr); }
  .of11 { grid-template-columns: repeat(6, 1fr); }
}
`;
