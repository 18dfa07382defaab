import type { FC } from "hono/jsx";
import type { RuleExperiment } from "../../experiments/schema.ts";
import { ALERT_TABS } from "../alerts/tabs.ts";
import { toCount } from "../format.ts";
import { Icon } from "../ui/icon.tsx";
import { Empty, PageHead, When } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";

/** The pages about experiments begin with it. */
export const EXPERIMENTS_PATH = "/dashboard/alerts/experiments";

/** The page of one. */
export const experimentHref = (key: string): string =>
  `${EXPERIMENTS_PATH}/${encodeURIComponent(key)}`;

/** Alert rules that are tried on a part of the accounts. */
export const ExperimentsPage: FC<{ experiments: RuleExperiment[]; canChange: boolean }> = ({
  experiments,
  canChange,
}) => (
  <>
    <PageHead
      title="Experiments"
      note="Alert rules on a part of the accounts each, judged by who leaves."
    >
      {canChange && (
        <a class="button primary" href={`${EXPERIMENTS_PATH}/new`}>
          New experiment
        </a>
      )}
    </PageHead>
    <Tabs label="Alerts" tabs={ALERT_TABS} current={EXPERIMENTS_PATH} />
    <section class="panel" aria-label="Experiments">
      {experiments.length === 0 ? (
        <Empty title="No experiment yet" icon="clock">
          Does it help to call early? Split the accounts between two rules, or between a rule and no
          alert, and see who stays.
        </Empty>
      ) : (
        <ul class="list">
          {experiments.map(({ key, name, status, startedAt, endedAt, variants }) => (
            <li class="rule-item">
              <span class={`status-line ${status === "running" ? "ok" : "soft"}`}>
                <Icon name={status === "running" ? "check" : "same"} />
                {status === "running" ? "Running" : "Ended"}
              </span>
              <div>
                <a class="title" href={experimentHref(key)}>
                  {name}
                </a>
                <p class="soft small">
                  {toCount(variants.length, "variant")}, {sizeOf(variants)}, started{" "}
                  <When at={startedAt} />
                  {endedAt && (
                    <>
                      , ended <When at={endedAt} />
                    </>
                  )}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  </>
);

const sizeOf = (variants: RuleExperiment["variants"]): string =>
  toCount(
    variants.reduce((sum, { accounts }) => sum + accounts, 0),
    "account",
  );
