import type { FC } from "hono/jsx";
import { toFullTenth, toSignedTenth } from "../format.ts";

/** One step between two totals. */
export interface WaterfallStep {
  label: string;
  /** In points. */
  points: number;
  sentence: string;
}

interface WaterfallProps {
  caption: string;
  start: { label: string; value: number; sentence: string };
  steps: WaterfallStep[];
  end: { label: string; value: number };
}

/** How a total is reached from a start, step by step. The table adds up; the bars only show it. */
export const Waterfall: FC<WaterfallProps> = ({ caption, start, steps, end }) => {
  let total = start.value;
  const placed = steps.map((step) => {
    const from = total;
    total += step.points;
    return { ...step, from, to: total };
  });
  return (
    <table class="waterfall">
      <caption class="hidden-text">{caption}</caption>
      <thead class="hidden-text">
        <tr>
          <th scope="col">Part</th>
          <th scope="col">Place</th>
          <th scope="col">Points</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">
            {start.label}
            <span class="sentence">{start.sentence}</span>
          </th>
          <BarCell from={0} to={start.value} kind="base" />
          <td class="number-cell">{toFullTenth(start.value)}</td>
        </tr>
        {placed.map(({ label, sentence, points, from, to }) => (
          <tr>
            <th scope="row">
              {label}
              <span class="sentence">{sentence}</span>
            </th>
            <BarCell from={from} to={to} kind={points < 0 ? "down" : "up"} />
            <td class="number-cell">{toSignedTenth(points)}</td>
          </tr>
        ))}
        <tr class="sum">
          <th scope="row">{end.label}</th>
          <BarCell from={0} to={end.value} kind="accent" />
          <td class="number-cell">{toFullTenth(end.value)}</td>
        </tr>
      </tbody>
    </table>
  );
};

const BarCell: FC<{ from: number; to: number; kind: "base" | "up" | "down" | "accent" }> = ({
  from,
  to,
  kind,
}) => {
  const low = Math.max(0, Math.min(from, to));
  const high = Math.min(100, Math.max(from, to));
  return (
    <td class="bar-cell">
      <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <path class="rule" d={`M${to.toFixed(1)} 0V10`} />
        <rect
          class={`fill-${kind}`}
          x={low.toFixed(1)}
          y="1"
          width={Math.max(0.4, high - low).toFixed(1)}
          height="8"
        />
      </svg>
    </td>
  );
};
