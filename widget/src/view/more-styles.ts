/** What the steps after the first need. */
export const moreStyles = `
.stack { display: grid; gap: 10px; padding-bottom: 8px; }
textarea {
  width: 100%;
  padding: 10px 12px;
  min-height: 88px;
  resize: vertical;
  border: 1px solid color-mix(in srgb, var(--ink) 50%, var(--bg));
  border-radius: 10px;
  background: transparent;
  color: inherit;
  font: inherit;
  font-size: 16px;
  line-height: 1.4;
}
textarea::placeholder { color: var(--soft); opacity: 1; }
.send { justify-self: end; padding: 0 18px; background: var(--accent); color: var(--on); font-weight: 600; }
.send:hover { background: color-mix(in srgb, var(--accent) 88%, var(--ink)); color: var(--on); }
.why { margin-top: 2px; padding-bottom: 8px; font-size: 13px; color: var(--soft); }
.done { display: flex; align-items: center; gap: 10px; }
.done svg { margin: 0; width: 22px; height: 22px; color: var(--lit); stroke-width: 2; }
`;
