import type { FC } from "hono/jsx";
import type { Noise } from "../../alerts/noise.ts";
import { toCount, toPercent, toTenth } from "../format.ts";
import { Empty, PageHead, Panel, Scroll } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { toRoleWords } from "./alert-view.ts";
import { type Effect, EffectPanel } from "./effect-panel.tsx";
import { ALERT_TABS } from "./tabs.ts";

/** Weeks that the report looks back. */
export const NOISE_WEEKS = 8;

/** Whether alerts are worth the attention that they take. */
export const NoisePage: FC<{ noise: Noise[]; effect: Effect }> = ({ noise, effect }) => {
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
            <Scroll label="Noise by role and rule">
              <table>
                <thead>
                  <tr>
                    <th scope="col">For</th>
                    <th scope="col">Rule</th>
                    <th scope="col" class="number-cell">
                      Alerts
                    </th>
                    <th scope="col" class="number-cell">
                      A week
                    </th>
                    <th scope="col" class="number-cell">
                      Led to nothing
                    </th>
                    <th scope="col">Advice</th>
                  </tr>
                </thead>
                <tbody>
                  {noise.map((one) => (
                    <tr>
                      <th scope="row">{toRoleWords(one.ownerRole) || "nobody"}</th>
                      <td>
                        <code>{one.rule}</code>
                      </td>
                      <td class="number-cell">{one.alerts}</td>
                      <td class="number-cell">{toTenth(one.alertsPerWeek)}</td>
                      <td class="number-cell">
                        {one.noActionShare === null ? (
                          <span class="soft">too few ended</span>
                        ) : (
                          toPercent(one.noActionShare)
                        )}
                      </td>
                      <td>{one.suggestion ?? "Worth its noise"}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          )}
        </Panel>
      </div>
    </>
  );
};
