/** The button that offers the feedback survey. */
export const feedbackButtonStyles = `
:host {
  all: initial !important;
  position: fixed !important;
  z-index: calc(var(--telltale-z-index, 2147483000) - 1) !important;
  right: max(var(--telltale-offset, 20px), env(safe-area-inset-right)) !important;
  bottom: max(var(--telltale-offset, 20px), env(safe-area-inset-bottom)) !important;
}
button {
  min-height: 44px;
  padding: 0 18px;
  border: 1px solid var(--telltale-border, #d9dce3);
  border-radius: 22px;
  background: var(--telltale-background, #fff);
  color: var(--telltale-text, #17191f);
  font: 500 14px/1 var(--telltale-font, system-ui, sans-serif);
  box-shadow: 0 1px 3px #0001, 0 6px 16px -4px #0f172a26;
  cursor: pointer;
}
.dark { background: var(--telltale-background, #1b1d23); color: var(--telltale-text, #eee); border-color: var(--telltale-border, #353944); }
button:hover { border-color: currentColor; }
:focus-visible { outline: 2px solid var(--telltale-accent, currentColor); outline-offset: 2px; }
`;
