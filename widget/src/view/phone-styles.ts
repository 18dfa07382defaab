/** The sheet at the bottom of a small screen. */
export const phoneStyles = `
@media (max-width: 480px) {
  .card { inset: auto 0 var(--keyboard, 0px); width: auto; max-height: 88dvh; border-width: 1px 0 0; border-radius: 18px 18px 0 0; padding-bottom: max(12px, env(safe-area-inset-bottom)); translate: none; }
  .nps, .numbers[data-count="10"] { display: grid; grid-template-columns: repeat(6, 1fr); }
  .numbers[data-count="10"] { grid-template-columns: repeat(5, 1fr); }
}
`;
