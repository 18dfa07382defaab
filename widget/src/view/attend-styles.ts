/** What is pointed at or has the focus, and what opens in the card. */
export const attendStyles = `
button:hover { background: #8882; color: var(--ink); }
:focus-visible { outline: 2px solid var(--lit, var(--accent)); outline-offset: 1px; }
footer { flex-wrap: wrap; }
[aria-expanded] { margin-inline-start: auto; }
.why { flex-basis: 100%; padding: 4px 8px 12px; }
`;
