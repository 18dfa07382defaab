import type { FC } from "hono/jsx";
import type { HistoryMark } from "../account/mark-queries.ts";
import type { HistoryDay } from "../account/queries.ts";
import { toCount, toLongDay, toScore, toShortDay } from "../format.ts";
import { TIER_WORDS } from "../ui/tier.tsx";
import { MarkLanes, MarkLegend, MarkList } from "./mark-lanes.tsx";
import { Twin } from "./twin.tsx";
import { YAxis } from "./y-axis.tsx";

const HEIGHT = 200;
const DAY_MS = 86_400_000;

/** Where tiers begin, in points. */
export interface TierBounds {
  healthyFrom: number;
  criticalBelow: number;
}

const yOf = (score: number): number => HEIGHT - (score / 100) * HEIGHT;

/** The days on which another model began to score the account. */
function toModelMarks(days: readonly HistoryDay[]): HistoryMark[] {
  return days.flatMap(({ day, modelVersion }, at) =>
    at > 0 && modelVersion !== days[at - 1]?.modelVersion
      ? [{ day, kind: "model" as const, text: `Scored by model ${modelVersion} from here on` }]
      : [],
  );
}

/** The score day by day over the tiers, with marks of what happened beside it. */
export const HistoryChart: FC<{
  days: HistoryDay[];
  marks: HistoryMark[];
  bounds: TierBounds;
}> = ({ days, marks, bounds }) => {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  const start = Date.parse(first.day);
  const span = Math.max(1, (Date.parse(last.day) - start) / DAY_MS);
  const xOf = (day: string): number => (Date.parse(day) - start) / DAY_MS;
  const all = [...toModelMarks(days), ...marks]
    .filter((mark) => mark.day >= first.day && mark.day <= last.day)
    .sort((a, b) => (a.day < b.day ? 1 : -1));
  const label = `Score from ${toShortDay(first.day)} (${toScore(first.score)}) to ${toShortDay(last.day)} (${toScore(last.score)})`;
  return (
    <figure class="chart">
      <div class="plot">
        <YAxis
          height={HEIGHT}
          words={[100, bounds.healthyFrom, bounds.criticalBelow, 0].map((score) => ({
            y: yOf(score),
            word: score,
          }))}
        />
        <svg
          class="area"
          role="img"
          aria-label={label}
          height={HEIGHT}
          viewBox={`0 0 ${span} ${HEIGHT}`}
          preserveAspectRatio="none"
        >
          <Zones span={span} bounds={bounds} />
          {all
            .filter(({ kind }) => kind === "model" || kind === "release")
            .map(({ day }) => (
              <path class="mark" d={`M${xOf(day)} 0V${HEIGHT}`} />
            ))}
          <path class="line" d={toLine(days, xOf)} />
        </svg>
        {all.length > 0 && (
          <>
            <span />
            <MarkLanes marks={all} shareOf={(day) => xOf(day) / span} />
          </>
        )}
        <div class="x-axis" aria-hidden="true">
          <span>{toShortDay(first.day)}</span>
          <span>{toShortDay(last.day)}</span>
        </div>
      </div>
      {all.length > 0 && (
        <>
          <MarkLegend marks={all} />
          <details class="twin">
            <summary>{toCount(all.length, "mark")} in words</summary>
            <MarkList marks={all} />
          </details>
        </>
      )}
      <Twin
        caption={label}
        head={["Day", "Score", "Tier", "Model"]}
        rows={days
          .filter((_, at) => (days.length - 1 - at) % 7 === 0)
          .map((day) => [
            toLongDay(day.day),
            toScore(day.score),
            TIER_WORDS[day.tier],
            day.modelVersion,
          ])}
      />
    </figure>
  );
};

const Zones: FC<{ span: number; bounds: TierBounds }> = ({ span, bounds }) => {
  const [healthy, critical] = [yOf(bounds.healthyFrom), yOf(bounds.criticalBelow)];
  return (
    <>
      <rect class="zone-healthy" width={span} height={healthy} />
      <rect class="zone-at_risk" y={healthy} width={span} height={critical - healthy} />
      <rect class="zone-critical" y={critical} width={span} height={HEIGHT - critical} />
    </>
  );
};

/** Days without a score leave a gap. */
function toLine(days: readonly HistoryDay[], xOf: (day: string) => number): string {
  let line = "";
  let isOpen = false;
  for (const { day, score } of days) {
    if (score !== null) line += `${isOpen ? "L" : "M"}${xOf(day)} ${yOf(score).toFixed(1)}`;
    isOpen = score !== null;
  }
  return line;
}
