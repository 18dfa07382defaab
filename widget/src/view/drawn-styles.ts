/** Stars and thumbs. */
export const drawnStyles = `
svg { stroke-linejoin: round; }
.thumbs { gap: 8px; }
.thumbs :last-child svg { transform: scaleY(-1); }
.stars { --line: #0000; color: var(--soft); }
.stars :is(:hover, [aria-checked=true], :has(~ :hover, ~ [aria-checked=true])) { background: none; color: var(--lit, var(--accent)); fill: currentColor; }
`;
