import type { FC } from "hono/jsx";

const WIDTH = 38;
/** What keeps half a line of words inside of the drawing. */
const [TOP, BOTTOM] = [9, 1];

/** The words left of a plot. @param height - of the plot, in pixels */
export const YAxis: FC<{
  height: number;
  words: readonly { y: number; word: string | number }[];
}> = ({ height, words }) => (
  <svg width={WIDTH} height={height} aria-hidden="true">
    {words.map(({ y, word }) => (
      <text x={WIDTH} y={Math.min(height - BOTTOM, Math.max(TOP, y + 4))} text-anchor="end">
        {word}
      </text>
    ))}
  </svg>
);
