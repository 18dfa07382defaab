import type { FC } from "hono/jsx";
import type { HistoryDay, HistoryMark } from "../account/queries.ts";
import { toScore } from "../format.ts";
import { TIER_WORDS } from "../ui/tier.tsx";
import { Twin } from "./twin.tsx";

const HEIGHT = 200;
const DAY_MS = 86_400_000;

/** Where tiers begin, in points. */
export interface TierBounds {
  healthyFrom: number;
  criticalBelow: number;
}

const shortDay = (day: string): string =>
  new Date(day).toLocaleDateString("en-GB", { timeZone: "UTC", day: "numeric", month: "short" });

const yOf = (score: number): number => HEIGHT - (score / 100) * HEIGHT;

/** The score day by day over the tiers, with lines where the model changed. */
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
  const changes = days.filter(
    (day, at) => at > 0 && day.modelVersion !== days[at - 1]?.modelVersion,
  );
  const shown = marks.filter((mark) => mark.day >= first.day && mark.day <= last.day);
  let line = "";
  let previous: HistoryDay | null = null;
  for (const day of days) {
    if (day.score !== null) {
      line += `${previous?.score == null ? "M" : "L"}${xOf(day.day)} ${yOf(day.score).toFixed(1)}`;
    }
    previous = day;
  }
  const label = `Score from ${shortDay(first.day)} (${toScore(first.score)}) to ${shortDay(last.day)} (${toScore(last.score)})`;
  return (
    <figure class="chart">
      <div class="plot">
        <svg width="32" height={HEIGHT} aria-hidden="true">
          {[100, bounds.healthyFrom, bounds.criticalBelow, 0].map((score) => (
            <text x="32" y={Math.min(HEIGHT - 1, Math.max(9, yOf(score) + 4))} text-anchor="end">
              {score}
            </text>
          ))}
        </svg>
        <svg
          class="area"
          role="img"
          aria-label={label}
          height={HEIGHT}
          viewBox={`0 0 ${span} ${HEIGHT}`}
          preserveAspectRatio="none"
        >
          <rect class="zone-healthy" width={span} height={yOf(bounds.healthyFrom)} />
          <rect
            class="zone-at_risk"
            y={yOf(bounds.healthyFrom)}
            width={span}
            height={yOf(bounds.criticalBelow) - yOf(bounds.healthyFrom)}
          />
          <rect
            class="zone-critical"
            y={yOf(bounds.criticalBelow)}
            width={span}
            height={HEIGHT - yOf(bounds.criticalBelow)}
          />
          {changes.map((day) => (
            <path class="mark" d={`M${xOf(day.day)} 0V${HEIGHT}`}>
              <title>{`${shortDay(day.day)}: model ${day.modelVersion}`}</title>
            </path>
          ))}
          {shown.map((mark) => (
            <path class={`tick tick-${mark.kind}`} d={`M${xOf(mark.day)} ${HEIGHT}v-12`}>
              <title>{`${shortDay(mark.day)}: ${mark.text}`}</title>
            </path>
          ))}
          <path class="line" d={line} />
        </svg>
        <div class="x-axis" aria-hidden="true">
          <span>{shortDay(first.day)}</span>
          <span>{shortDay(last.day)}</span>
        </div>
      </div>
      {(changes.length > 0 || shown.length > 0) && (
        <details class="twin">
          <summary>
            {changes.length + shown.length} marks: model versions, alerts, prompts, milestones
          </summary>
          <ul class="list">
            {changes.map((day) => (
              <li>
                <strong>{shortDay(day.day)}</strong> Scored by model {day.modelVersion} from here on
              </li>
            ))}
            {shown.map((mark) => (
              <li>
                <strong>{shortDay(mark.day)}</strong> {mark.text}
              </li>
            ))}
          </ul>
        </details>
      )}
      <Twin
        caption={label}
        head={["Day", "Score", "Tier", "Model"]}
        rows={days
          .filter((_, at) => (days.length - 1 - at) % 7 === 0)
          .map((day) => [day.day, toScore(day.score), TIER_WORDS[day.tier], day.modelVersion])}
      />
    </figure>
  );
};
