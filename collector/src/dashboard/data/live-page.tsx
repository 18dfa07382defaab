import type { FC } from "hono/jsx";
import { Empty, PageHead, When } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import type { EventRow } from "./queries.ts";
import { DATA_TABS } from "./tabs.ts";

const AccountLink: FC<{ id: string }> = ({ id }) =>
  id === "" ? (
    <span class="soft">none</span>
  ) : (
    <a href={`/dashboard/accounts/${encodeURIComponent(id)}`}>{id}</a>
  );

/** What sent an event, and whether it counts. */
const sender = ({ library, isBot }: EventRow) => `${library ?? "–"}${isBot ? ", not counted" : ""}`;

/** Events as they arrive. */
export const LivePage: FC<{ events: EventRow[] }> = ({ events }) => (
  <>
    <PageHead title="Live events" note="The newest 50, looked at again every few seconds.">
      <button type="button" data-live-pause aria-pressed="false" hidden>
        Pause
      </button>
    </PageHead>
    <Tabs label="Data" tabs={DATA_TABS} current="/dashboard/data/live" />
    <section class="panel" aria-label="Newest events">
      <div data-live="/dashboard/data/live">
        {events.length === 0 ? (
          <Empty title="Waiting for the first event" icon="pulse">
            <a href="/dashboard/data/install">Install the snippet</a>, then use your app: its events
            appear here.
          </Empty>
        ) : (
          <Table
            label="Newest events"
            rows={events}
            idOf={({ eventId }) => eventId}
            columns={[
              { head: "Event", cell: ({ event, type }) => event || type },
              { head: "When", class: "soft", cell: ({ occurredAt }) => <When at={occurredAt} /> },
              { head: "About", cell: ({ subject }) => subject || "–" },
              { head: "Account", cell: ({ accountId }) => <AccountLink id={accountId} /> },
              { head: "User", cell: ({ userId }) => userId || <span class="soft">anonymous</span> },
              { head: "Sent by", class: "soft", cell: sender },
            ]}
          />
        )}
      </div>
    </section>
  </>
);
