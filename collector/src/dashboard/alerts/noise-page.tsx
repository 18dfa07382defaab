import type { FC } from "hono/jsx";
import type { Noise } from "../../alerts/noise.ts";
import { toCount, toFullTenth, toPercent, toWhole } from "../format.ts";
import { Empty, PageHead, Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { toRoleWords } from "./alert-view.ts";
import { type Effect, EffectPanel } from "./effect-panel.tsx";
import { ALERT_TABS } from "./tabs.ts";

/** Weeks that the report looks back. */
export const NOISE_WEEKS = 8;

/** Whether alerts are worth the attention that they take. */
export const NoisePage: FC<{
  noise: Noise[];
  /** By key. */
  ruleNames: ReadonlyMap<string, string>;
  effect: Effect;
}> = ({ noise, ruleNames, effect }) => {
  const alerts = noise.reduce((sum, one) => sum + one.alerts, 0);
  return (
    <>
      <PageHead
        title="Noise and effect"
        note={`${toCount(alerts, "alert")} in ${NOISE_WEEKS} weeks. One that nobody acts on teaches people to look away.`}
      />
      <Tabs label="Alerts" tabs={ALERT_TABS} current="/dashboard/alerts/noise" />
      <div class="stack">
        <EffectPanel effect={effect} />
        <Panel title="Noise by role and rule" note={`${NOISE_WEEKS} weeks`}>
          {noise.length === 0 ? (
            <Empty title={`No alert opened in ${NOISE_WEEKS} weeks`} icon="bell">
              Nothing to be noisy about.
            </Empty>
          ) : (
            <Table
              label="Noise by role and rule"
              rows={noise}
              columns={[
                { head: "For", cell: ({ ownerRole }) => toRoleWords(ownerRole) || "nobody" },
                { head: "Rule", cell: ({ rule }) => ruleNames.get(rule) ?? rule },
                { head: "Alerts", kind: "number", cell: ({ alerts }) => toWhole(alerts) },
                {
                  head: "A week",
                  kind: "number",
                  cell: ({ alertsPerWeek }) => toFullTenth(alertsPerWeek),
                },
                {
                  head: "Led to nothing",
                  kind: "number",
                  cell: ({ noActionShare }) =>
                    noActionShare === null ? (
                      <span class="soft">too few ended</span>
                    ) : (
                      toPercent(noActionShare)
                    ),
                },
                { head: "Advice", cell: (one) => <Advice {...one} /> },
              ]}
            />
          )}
        </Panel>
      </div>
    </>
  );
};

const Advice: FC<Noise> = ({ suggestion, noActionShare }) => {
  if (suggestion !== null) return suggestion;
  return noActionShare === null ? <span class="soft">Too early to say</span> : "Worth its noise";
};
