/**
 * What is pointed at, chosen or has the focus, what opens in the card, and the row of ways under a later
 * step. The clear outline of a chosen mark is for forced colours, which make it visible and take its
 * background away.
 */
export const attendStyles = `
button { cursor: pointer; }
button:hover { background: #8882; color: var(--ink); }
.marks [aria-checked=true] { color: var(--on); outline: 3px solid #0000; background: var(--accent); }
.send:hover { background: color-mix(in srgb, var(--accent) 86%, var(--ink)); color: var(--on); }
:focus-visible { outline: 2px solid var(--lit, var(--accent)); outline-offset: 1px; }
footer { flex-wrap: wrap; }
.why { flex-basis: 100%; padding: 4px 8px 12px; }
.ways { display: flex; gap: 8px; margin-top: 10px; margin-inline-start: -8px; align-items: center; color: var(--soft); font-size: 14px; }
.progress { flex: 1; }
.ways .send { margin: 0; }
`;
