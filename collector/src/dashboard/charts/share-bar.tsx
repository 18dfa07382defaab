import type { FC } from "hono/jsx";

/** A share as a length; its number stands beside it. @param share - 0–1 */
export const ShareBar: FC<{ share: number }> = ({ share }) => (
  <svg class="bar thin" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="1" />
    <rect class="fill-accent" width={(share * 100).toFixed(1)} height="1" />
  </svg>
);
