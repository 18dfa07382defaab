import type { Child, FC } from "hono/jsx";

/** One figure, large, with what it is above and what to know of it below. */
export const Tile: FC<{ label: Child; number: Child; note: Child }> = ({ label, number, note }) => (
  <div class="tile">
    <span class="label">{label}</span>
    <span class="number">{number}</span>
    <span class="note">{note}</span>
  </div>
);
