/** Options to choose from, as rows. What is chosen shows by its border, which forced colours keep. */
export const choiceStyles = `
.options { display: grid; gap: 6px; font-size: 14px; }
.options button { display: flex; gap: 10px; align-items: center; padding: 10px 12px; border: 1px solid var(--line); text-align: start; }
.options button::before { content: ""; flex: none; box-sizing: border-box; width: 18px; height: 18px; border: 1.5px solid var(--soft); border-radius: 50%; }
.options [role=checkbox]::before { border-radius: 5px; }
.options [aria-checked=true] { border-color: var(--lit, var(--accent)); }
.options [aria-checked=true]::before { border: 5.5px solid var(--lit, var(--accent)); }
input { margin-top: 6px; }
`;
