import type { Evaluation } from "@telltale/scoring";
import type { FC } from "hono/jsx";

const SIZE = 300;
const MARGIN = 44;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

const x = (share: number): number => MARGIN + share * SIZE;
const y = (share: number): number => MARGIN / 2 + (1 - share) * SIZE;
const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** What scores promised against what happened; on the dashed line both agree. */
export const CalibrationChart: FC<{ bins: Evaluation["calibrationCurve"] }> = ({ bins }) => (
  <svg viewBox={`0 0 ${SIZE + 1.5 * MARGIN} ${SIZE + 1.5 * MARGIN}`} role="img">
    <title>Share that left by the share expected; the table below has the same numbers</title>
    {TICKS.map((share) => (
      <>
        <line class="axis" x1={x(0)} x2={x(1)} y1={y(share)} y2={y(share)} />
        <text x={MARGIN - 6} y={y(share) + 4} text-anchor="end">
          {percent(share)}
        </text>
        <text x={x(share)} y={y(0) + 16} text-anchor="middle">
          {percent(share)}
        </text>
      </>
    ))}
    <line class="ideal" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
    {bins.map(({ predicted, observed, interval: [low, high] }) => (
      <>
        <line class="range" x1={x(predicted)} x2={x(predicted)} y1={y(low)} y2={y(high)} />
        <circle class="point" cx={x(predicted)} cy={y(observed)} r="4" />
      </>
    ))}
    <text x={x(0.5)} y={y(0) + 32} text-anchor="middle">
      expected to leave
    </text>
    <text x={MARGIN} y={MARGIN / 2 - 8}>
      did leave
    </text>
  </svg>
);
