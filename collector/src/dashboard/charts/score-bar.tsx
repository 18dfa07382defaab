import type { Tier } from "@telltale/protocol";
import type { FC } from "hono/jsx";

/** A score as a length, in the colour of its tier; the number stands beside it. */
export const ScoreBar: FC<{ score: number | null; tier: Tier }> = ({ score, tier }) => (
  <svg class="bar thin" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
    <rect class="track" width="100" height="1" />
    {score !== null && <rect class={`fill-${tier}`} width={score.toFixed(1)} height="1" />}
  </svg>
);
