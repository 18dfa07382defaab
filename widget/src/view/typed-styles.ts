/** What steps need that are typed into or sent. */
export const typedStyles = `
.dark { color-scheme: dark; }
textarea, input, .send {
  display: block;
  box-sizing: border-box;
  width: 100%;
  min-height: 44px;
  padding: 11px;
  border: 1px solid color-mix(in srgb, var(--ink) 55%, var(--bg));
  border-radius: 10px;
  background: none;
  color: inherit;
  font: inherit;
  font-size: 16px;
}
textarea { min-height: 92px; resize: vertical; }
::placeholder { color: var(--soft); opacity: 1; }
[hidden] { display: none !important; }
.send { width: fit-content; padding: 11px 18px; margin-top: 10px; margin-inline-start: auto; border-color: #0000; background: var(--accent); color: var(--on); text-decoration: none; }
`;
