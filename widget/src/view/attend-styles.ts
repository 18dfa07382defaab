/** What is pointed at or has the focus, and what opens in the card. */
export const attendStyles = `
button:hover { background: #8882; color: var(--ink); }
:focus-visible { outline: 2px solid var(--lit); outline-offset: 1px; }
.why { padding: 16px 0 0; color: var(--soft); }
`;
