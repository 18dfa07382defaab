/** What steps need that are typed into or sent. */
export const typedStyles = `
.dark { color-scheme: dark; }
.card { --edge: color-mix(in srgb, var(--ink) 55%, var(--bg)); }
textarea, input {
  box-sizing: border-box;
  width: 100%;
  min-height: 44px;
  padding: 9px 12px;
  border: 1px solid var(--edge);
  border-radius: 10px;
  background: none;
  color: inherit;
  font: inherit;
  font-size: 16px;
}
textarea { display: block; min-height: 92px; resize: vertical; }
input { margin-top: 6px; }
::placeholder { color: var(--soft); opacity: 1; }
.actions { display: flex; gap: 8px; justify-content: end; margin: 10px 0 0; font-size: 14px; }
[hidden] { display: none; }
.back { margin-inline-start: -8px; }
.back, .progress { color: var(--soft); }
.progress { margin-inline-end: auto; align-self: center; }
.send { box-sizing: border-box; min-height: 44px; padding: 10px 18px; border: 1px solid #0000; border-radius: 10px; background: var(--accent); color: var(--on); font-weight: 600; text-decoration: none; }
.send:hover { background: color-mix(in srgb, var(--accent) 86%, var(--ink)); color: var(--on); }
`;
