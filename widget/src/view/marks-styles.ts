/** Stars, numbers and thumbs. */
export const marksStyles = `
.numbers button, .thumbs button { border: 1px solid var(--line); font-size: 14px; }
.thumbs :last-child svg { transform: scaleY(-1); }
.stars { color: var(--soft); }
.stars :is(:hover, [aria-checked=true], :has(~ :hover, ~ [aria-checked=true])) { background: none; color: var(--lit); fill: currentColor; }
.box:has(.of10, .of11) { width: var(--telltale-width, 542px); }
@media (max-width: 480px) {
  .of10, .of11 { display: grid; grid-template-columns: repeat(5, 1fr); }
  .of11 { grid-template-columns: repeat(6, 1fr); }
}
`;
