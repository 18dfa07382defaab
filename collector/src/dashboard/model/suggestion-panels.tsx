import type { SignalAudit, ThresholdSuggestion, WeightSuggestion } from "@telltale/scoring";
import type { FC } from "hono/jsx";
import { toPercent, toTenth } from "../format.ts";
import { Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { weightField } from "./trial.ts";

const readable = (key: string): string => key.replaceAll("_", " ");

/** Weights that would have told those who left from those who stayed. */
export const SuggestedWeights: FC<{ weights: WeightSuggestion }> = ({ weights }) => (
  <Panel title="Suggested weights" note="a person decides">
    {weights.status === "ok" ? (
      <>
        <dl class="facts">
          {Object.entries(weights.weights).map(([key, weight]) => (
            <>
              <dt>{readable(key)}</dt>
              <dd>{toPercent(weight)}</dd>
            </>
          ))}
        </dl>
        <footer>
          <a
            class="button"
            href={`/dashboard/model/edit?preview=1&${new URLSearchParams(
              Object.fromEntries(
                Object.entries(weights.weights).map(([key, weight]) => [
                  weightField(key),
                  toTenth(weight * 100),
                ]),
              ),
            )}`}
          >
            Try these weights
          </a>
        </footer>
      </>
    ) : (
      <p class="soft">
        {weights.status === "too-few-outcomes"
          ? `${weights.n} outcomes are too few to suggest anything.`
          : "The outcomes say nothing about the weights."}
      </p>
    )}
  </Panel>
);

/** Where the tiers would begin. */
export const SuggestedLines: FC<{ thresholds: ThresholdSuggestion }> = ({ thresholds }) => (
  <Panel title="Suggested lines" note="at most 30 % false alarms">
    {thresholds.healthyFrom ? (
      <p>
        Healthy from {toTenth(thresholds.healthyFrom.threshold)}: finds{" "}
        {toPercent(thresholds.healthyFrom.recall)} of those that leave, with{" "}
        {toPercent(thresholds.healthyFrom.falseAlarmShare)} false alarms.
      </p>
    ) : (
      <p class="soft">
        {thresholds.status === "not-reachable"
          ? "No line keeps to that budget."
          : "Too few outcomes to suggest lines."}
      </p>
    )}
  </Panel>
);

/** What each signal tells alone, and what would be lost with it. */
export const AuditPanel: FC<{ audit: SignalAudit[] }> = ({ audit }) => (
  <Panel title="What each signal is worth" note="0.5 tells nothing, 1 tells everything">
    {audit.length === 0 ? (
      <p class="soft">No account was measured yet.</p>
    ) : (
      <Table
        label="What each signal is worth"
        rows={audit}
        columns={[
          { head: "Signal", cell: ({ key }) => readable(key) },
          { head: "Accounts", kind: "number", cell: ({ n }) => n },
          {
            head: "Tells who leaves",
            help: "Area under the ROC curve (AUC) of this signal alone: 0.5 tells nothing, 1 tells everything.",
            kind: "number",
            cell: ({ areaUnderCurve }) =>
              areaUnderCurve === null ? "too few outcomes" : areaUnderCurve.toFixed(2),
          },
          {
            head: "Goes with",
            help: "The signal that moves most with it. In brackets: Spearman's rank correlation ρ, from −1 to 1.",
            cell: ({ closest }) => (
              <>
                {closest ? `${readable(closest.key)} (${closest.correlation.toFixed(2)})` : "–"}
                {closest?.isRedundant && <strong> says the same</strong>}
              </>
            ),
          },
          {
            head: "Without it",
            cell: ({ withoutIt }) =>
              `${withoutIt.tierChanges} change tier, ${withoutIt.unknown} lose their score`,
          },
        ]}
      />
    )}
  </Panel>
);
