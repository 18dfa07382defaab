import type { FC } from "hono/jsx";
import type { RuleExperiment } from "../../experiments/schema.ts";
import { toCount, toPercent, toWhole } from "../format.ts";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { Day, PageHead, Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { EXPERIMENTS_PATH, experimentHref } from "./list-page.tsx";

interface ExperimentProps {
  experiment: RuleExperiment;
  /** Names of rules by key. */
  rules: Readonly<Record<string, string>>;
  canChange: boolean;
}

/** How one experiment stands. */
export const ExperimentPage: FC<ExperimentProps> = ({ experiment, rules, canChange }) => {
  const { key, name, status, startedAt, endedAt, variants } = experiment;
  const [first] = variants;
  const canTell = experiment.isLargeEnough && hasOutcomes(experiment);
  return (
    <>
      <p class="crumb">
        <a href={EXPERIMENTS_PATH}>Experiments</a>
      </p>
      <PageHead
        title={name}
        note={
          <span class={`status-line ${status === "running" ? "ok" : ""}`}>
            <Icon name={status === "running" ? "check" : "same"} />
            {status === "running" ? "Running since" : "Ran from"} <Day at={startedAt} />
            {endedAt && (
              <>
                {" to "}
                <Day at={endedAt} />
              </>
            )}
          </span>
        }
      >
        {canChange && status === "running" && (
          <form method="post" action={`${experimentHref(key)}/end`}>
            <button type="submit">End it</button>
          </form>
        )}
      </PageHead>
      <div class="stack">
        <Notice kind={canTell ? "good" : "warn"}>
          <p>{toVerdict(experiment, rules)}</p>
        </Notice>
        <Panel title="Who left" note="of the accounts that were there when it started">
          <Table
            label="Who left, by variant"
            columns={[
              { head: "Variant", cell: (one) => nameOf(one, rules) },
              { head: "Accounts", kind: "number", cell: (one) => toWhole(one.accounts) },
              { head: "Alerts", kind: "number", cell: (one) => toWhole(one.alerts) },
              { head: "Left", kind: "number", cell: (one) => toWhole(one.churned) },
              {
                head: "Share",
                help: "In brackets: the 95 % interval (Wilson).",
                kind: "number",
                cell: (one) => toRange(one.churnedShare, one.interval),
              },
              {
                head: `Against ${first ? nameOf(first, rules) : "the first"}`,
                help: "Difference in points. In brackets: the 95 % interval (Newcombe).",
                kind: "number",
                cell: ({ difference }) =>
                  difference ? toPoints(difference.value, difference.interval) : "–",
              },
            ]}
            rows={variants}
          />
          <p class="soft small">
            An account stays in its variant for good, whether or not anybody was alerted.
          </p>
        </Panel>
      </div>
    </>
  );
};

type Result = RuleExperiment["variants"][number];

const nameOf = ({ rule }: Result, rules: ExperimentProps["rules"]): string =>
  rule === null ? "No alert" : (rules[rule] ?? rule);

function toRange(share: number | null, interval: Result["interval"]): string {
  if (share === null || !interval) return "–";
  return `${toPercent(share)} (${toPercent(interval[0])} to ${toPercent(interval[1])})`;
}

const toPoint = (share: number): string => {
  const points = Math.round(share * 100);
  return points === 0 ? "0" : `${points > 0 ? "+" : "−"}${Math.abs(points)}`;
};

const toPoints = (value: number, [low, high]: readonly [number, number]): string =>
  `${toPoint(value)} points (${toPoint(low)} to ${toPoint(high)})`;

const hasOutcomes = ({ variants }: RuleExperiment): boolean =>
  variants.some(({ churned }) => churned > 0);

/** What may be concluded, and what may not. */
function toVerdict(experiment: RuleExperiment, rules: ExperimentProps["rules"]): string {
  const { requiredAccounts, isLargeEnough, variants } = experiment;
  const smallest = Math.min(...variants.map(({ accounts }) => accounts));
  const size = `each variant needs ${toCount(requiredAccounts, "account")}, the smallest has ${toWhole(smallest)}`;
  if (!hasOutcomes(experiment)) return `Too early to tell: nobody has left yet; ${size}.`;
  const clear = variants.filter(
    ({ difference }) => difference && (difference.interval[0] > 0 || difference.interval[1] < 0),
  );
  const found = clear.map(
    (one) =>
      `with “${nameOf(one, rules)}” ${(one.difference?.value ?? 0) < 0 ? "fewer" : "more"} left`,
  );
  if (!isLargeEnough && found.length === 0) return `Too small to tell: ${size}.`;
  if (found.length === 0) return `No difference that could not be chance; ${size}.`;
  return `A difference that is hardly chance: ${found.join(", ")}; ${size}.`;
}
