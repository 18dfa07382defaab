import type { FC } from "hono/jsx";
import { useContext } from "hono/jsx";
import { toReason } from "../../quarantine/reasons.ts";
import { toCompact, toTenth, toWhole } from "../format.ts";
import { Icon } from "../ui/icon.tsx";
import { Empty, MomentContext, PageHead, Panel, When } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { Tile } from "../ui/tile.tsx";
import type { SourceRow } from "./queries.ts";
import { DATA_TABS } from "./tabs.ts";

/** A source that sent nothing for so long is silent. */
const FRESH_MS = 3 * 86_400_000;
const KINDS = { events: "Events", answers: "Answers", observations: "External signals" };

export interface SourcesView {
  sources: SourceRow[];
  rejected: { code: string; count: number; waiting: number; lastAt: Date }[];
  incidents: { reason: string; startedAt: Date; endedAt: Date | null }[];
  /** Messages of the last 7 days. */
  arrivals: {
    stored: number;
    duplicates: number;
    rejected: number;
    blocked: number;
    dropped: number;
  };
}

const Freshness: FC<{ isFresh: boolean }> = ({ isFresh }) => (
  <span class={`status-line ${isFresh ? "ok" : "wait"}`}>
    <Icon name={isFresh ? "check" : "warn"} />
    {isFresh ? "Arriving" : "Silent"}
  </span>
);

/** Whether what the scores are made of still arrives. */
export const SourcesPage: FC<{ view: SourcesView }> = ({
  view: { sources, rejected, incidents, arrivals },
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
        <ArrivalTiles arrivals={arrivals} />
        <Panel title="Sources" note="by the newest 2,000 of each">
          {sources.length === 0 ? (
            <Empty title="Nothing has arrived yet" icon="pulse">
              <a href="/dashboard/data/install">Put the snippet into your app</a> and watch the
              first event come in.
            </Empty>
          ) : (
            <Table
              label="Sources"
              rows={sources}
              columns={[
                { head: "Source", cell: ({ source }) => source },
                { head: "Kind", cell: ({ kind }) => KINDS[kind] },
                { head: "Newest", kind: "number", cell: ({ count }) => toWhole(count) },
                { head: "Last seen", cell: ({ lastAt }) => <When at={lastAt} /> },
                {
                  head: "State",
                  cell: ({ lastAt }) => <Freshness isFresh={now - lastAt.getTime() < FRESH_MS} />,
                },
              ]}
            />
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
              <Table
                label="Rejected messages by reason"
                rows={rejected}
                columns={[
                  {
                    head: "Reason",
                    cell: ({ code }) => (
                      <a href={`/dashboard/data/rejected?code=${encodeURIComponent(code)}`}>
                        {toReason(code).words}
                      </a>
                    ),
                  },
                  { head: "Messages", kind: "number", cell: ({ count }) => toWhole(count) },
                  { head: "Not replayed", kind: "number", cell: ({ waiting }) => toWhole(waiting) },
                  { head: "Last", cell: ({ lastAt }) => <When at={lastAt} /> },
                ]}
              />
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

/** What came in, and what is known of what did not. */
const ArrivalTiles: FC<{ arrivals: SourcesView["arrivals"] }> = ({ arrivals }) => {
  const { stored, duplicates, rejected, blocked, dropped } = arrivals;
  const shareOf = (part: number, rest: number): string =>
    part + rest === 0 ? "–" : `${toTenth((100 * part) / (part + rest))} %`;
  return (
    <section aria-label="Messages of the last 7 days" class="tiles">
      <Tile label="Stored, 7 days" number={toCompact(stored)} note="messages" />
      <Tile
        label="Sent twice"
        number={shareOf(duplicates, stored)}
        note={`${toWhole(duplicates)} stored once`}
      />
      <Tile
        label="Rejected"
        number={shareOf(rejected, stored)}
        note={`${toWhole(rejected)}, each with its reason`}
      />
      <Tile
        label="Blocked in browsers"
        number={shareOf(blocked, stored)}
        note={`at least; ${toWhole(dropped)} lost otherwise`}
      />
    </section>
  );
};
