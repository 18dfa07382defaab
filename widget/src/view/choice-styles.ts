/** Options to choose from, as rows. */
export const choiceStyles = `
.options { display: grid; gap: 6px; font-size: 14px; }
.options button { display: flex; gap: 10px; align-items: center; padding: 10px 12px; border: 1px solid var(--line); text-align: start; }
.options button::before { content: ""; flex: none; width: 16px; height: 16px; border: 1.5px solid var(--soft); border-radius: 50%; box-shadow: inset 0 0 0 3px var(--bg); }
.options [role=checkbox]::before { border-radius: 5px; }
.options [aria-checked=true] { border-color: var(--lit); }
.options [aria-checked=true]::before { border-color: var(--lit); background: var(--lit); }
`;
