import type { AccountHealth } from "@telltale/protocol";
import type { FC } from "hono/jsx";
import { Waterfall } from "../charts/waterfall.tsx";
import { toPercent } from "../format.ts";
import { Panel } from "../ui/parts.tsx";

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
