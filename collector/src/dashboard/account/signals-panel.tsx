import type { AccountHealth, HealthSignal } from "@telltale/protocol";
import type { FC } from "hono/jsx";
import { ScoreBar } from "../charts/score-bar.tsx";
import { Spark } from "../charts/spark.tsx";
import { Waterfall } from "../charts/waterfall.tsx";
import { toCount, toPercent, toQuantity, toScore } from "../format.ts";
import { Panel, Scroll, When } from "../ui/parts.tsx";
import type { AccountView } from "./read-account.ts";

/** A driver's sentence without its own label and points, which stand beside it. */
function toExplanation(sentence: string): string {
  const at = sentence.indexOf(": ");
  return at < 0 ? sentence : sentence.slice(at + 2);
}

/** Why the score is what it is: baseline plus drivers. */
export const DriversPanel: FC<{ health: AccountHealth }> = ({ health }) => {
  const { score, baseline, drivers } = health;
  if (score === null || baseline === null) {
    return (
      <Panel title="Why" id="drivers">
        <p class="soft">
          {toPercent(health.coverage)} of what the model looks at is measured; below its minimum
          there are no drivers to show.
        </p>
      </Panel>
    );
  }
  return (
    <Panel title="Why" id="drivers" note="the parts add up to the score">
      <Waterfall
        caption="From the typical account to this score"
        start={{
          label: "Typical account",
          value: baseline,
          sentence: "what the drivers are compared with",
        }}
        steps={drivers.map(({ label, contribution, sentence }) => ({
          label,
          points: contribution,
          sentence: toExplanation(sentence),
        }))}
        end={{ label: "Score", value: score }}
      />
    </Panel>
  );
};

const measured = (signal: HealthSignal): string =>
  signal.value === null
    ? signal.status === "stale"
      ? "too old"
      : "missing"
    : toQuantity(signal.value, signal.unit);

/** What was measured, against the account's peers and its own past. */
export const SignalsPanel: FC<{ view: AccountView; health: AccountHealth }> = ({
  view,
  health,
}) => (
  <Panel title="Signals" id="signals" note="0–100 against peers; the line is its own last 12 weeks">
    <Scroll label="Signals">
      <table>
        <thead>
          <tr>
            <th scope="col">Component</th>
            <th scope="col">Measured</th>
            <th scope="col" class="number-cell">
              0–100
            </th>
            <th scope="col" class="number-cell">
              Weight
            </th>
            <th scope="col">12 weeks</th>
            <th scope="col" class="wide">
              Last seen
            </th>
          </tr>
        </thead>
        <tbody>
          {health.components.map((component) => {
            const values = view.sparkOf(component.key);
            const [signal] = component.signals;
            return (
              <tr>
                <th scope="row">{component.label}</th>
                <td>
                  {component.signals.map((one) => (
                    <div>
                      {component.signals.length > 1 && <span class="soft">{one.label} </span>}
                      {measured(one)}
                      {one.value !== null && (
                        <span class="soft small">
                          {" "}
                          from {toCount(one.sampleSize, "observation")}
                        </span>
                      )}
                    </div>
                  ))}
                </td>
                <td class="number-cell">
                  {toScore(component.value)}
                  <ScoreBar score={component.value} tier={tierLike(component.value, view.bounds)} />
                </td>
                <td class="number-cell">{weightOf(component)}</td>
                <td>
                  {values.some((value) => value !== null) ? (
                    <Spark
                      values={values}
                      max={100}
                      label={`${component.label}: ${values.map(toScore).join(", ")}`}
                    />
                  ) : (
                    <span class="soft">–</span>
                  )}
                </td>
                <td class="wide soft">
                  {signal?.observedAt ? <When at={signal.observedAt} /> : "–"}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  </Panel>
);

function tierLike(value: number | null, bounds: AccountView["bounds"]) {
  if (value === null) return "unknown" as const;
  if (value >= bounds.healthyFrom) return "healthy" as const;
  return value < bounds.criticalBelow ? ("critical" as const) : ("at_risk" as const);
}

function weightOf({ weight, effectiveWeight }: AccountHealth["components"][number]): string {
  const planned = toPercent(weight);
  const real = toPercent(effectiveWeight);
  return planned === real ? planned : `${real} (of ${planned})`;
}
