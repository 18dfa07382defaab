import type { FC } from "hono/jsx";
import { useContext } from "hono/jsx";
import { toWhole } from "../format.ts";
import { Icon } from "../ui/icon.tsx";
import { Empty, MomentContext, PageHead, Panel, Scroll, When } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import type { SourceRow } from "./queries.ts";
import { DATA_TABS } from "./tabs.ts";

const DAY_MS = 86_400_000;
const KINDS = { events: "Events", answers: "Answers", observations: "External signals" };

export interface SourcesView {
  sources: SourceRow[];
  rejected: { code: string; count: number; waiting: number; lastAt: Date }[];
  incidents: { reason: string; startedAt: Date; endedAt: Date | null }[];
}

/** Whether what the scores are made of still arrives. */
export const SourcesPage: FC<{ view: SourcesView }> = ({
  view: { sources, rejected, incidents },
}) => {
  const { now } = useContext(MomentContext);
  return (
    <>
      <PageHead
        title="Data"
        note="A score is as good as what reaches it. A source that falls silent is a fault of measurement, not of the account."
      />
      <Tabs label="Data" tabs={DATA_TABS} current="/dashboard/data" />
      <div class="stack">
        <Panel title="Sources" note="by the newest 2,000 of each">
          {sources.length === 0 ? (
            <Empty title="Nothing has arrived yet" icon="pulse">
              <a href="/dashboard/data/install">Put the snippet into your app</a> and watch the
              first event come in.
            </Empty>
          ) : (
            <Scroll label="Sources">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Source</th>
                    <th scope="col">Kind</th>
                    <th scope="col" class="number-cell">
                      Newest
                    </th>
                    <th scope="col">Last seen</th>
                    <th scope="col">State</th>
                  </tr>
                </thead>
                <tbody>
                  {sources.map((source) => {
                    const isFresh = now - source.lastAt.getTime() < 3 * DAY_MS;
                    return (
                      <tr>
                        <th scope="row">{source.source}</th>
                        <td>{KINDS[source.kind]}</td>
                        <td class="number-cell">{toWhole(source.count)}</td>
                        <td>
                          <When at={source.lastAt} />
                        </td>
                        <td>
                          <span class={`status-line ${isFresh ? "ok" : "wait"}`}>
                            <Icon name={isFresh ? "check" : "warn"} />
                            {isFresh ? "Arriving" : "Silent"}
                          </span>
                        </td>
                      </tr>
                    );
                  })}
                </tbody>
              </table>
            </Scroll>
          )}
        </Panel>
        <div class="columns">
          <Panel title="Rejected" note="last 7 days">
            {rejected.length === 0 ? (
              <p class="status-line ok">
                <Icon name="check" />
                Every message of the last 7 days was stored.
              </p>
            ) : (
              <table>
                <thead>
                  <tr>
                    <th scope="col">Reason</th>
                    <th scope="col" class="number-cell">
                      Messages
                    </th>
                    <th scope="col">Last</th>
                  </tr>
                </thead>
                <tbody>
                  {rejected.map(({ code, count, lastAt }) => (
                    <tr>
                      <th scope="row">
                        <a href={`/dashboard/data/rejected?code=${encodeURIComponent(code)}`}>
                          <code>{code}</code>
                        </a>
                      </th>
                      <td class="number-cell">{toWhole(count)}</td>
                      <td>
                        <When at={lastAt} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </Panel>
          <Panel title="Incidents" note="alerts rest while one lasts">
            {incidents.length === 0 ? (
              <p class="status-line ok">
                <Icon name="check" />
                No outage of a source was noticed.
              </p>
            ) : (
              <ul class="list">
                {incidents.map(({ reason, startedAt, endedAt }) => (
                  <li class="row apart">
                    <span>{reason}</span>
                    <span class="soft small">
                      <When at={startedAt} />
                      {endedAt ? (
                        <>
                          , over since <When at={endedAt} />
                        </>
                      ) : (
                        ", still going on"
                      )}
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </Panel>
        </div>
      </div>
    </>
  );
};
