import type { FC } from "hono/jsx";
import { Empty, PageHead, Scroll, When } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import type { EventRow } from "./queries.ts";
import { DATA_TABS } from "./tabs.ts";

/** Events as they arrive. */
export const LivePage: FC<{ events: EventRow[] }> = ({ events }) => (
  <>
    <PageHead title="Live events" note="The newest 50, looked at again every few seconds." />
    <Tabs label="Data" tabs={DATA_TABS} current="/dashboard/data/live" />
    <section class="panel" aria-label="Newest events">
      <div data-live="/dashboard/data/live">
        {events.length === 0 ? (
          <Empty title="Waiting for the first event" icon="pulse">
            <a href="/dashboard/data/install">Install the snippet</a>, then use your app: its events
            appear here.
          </Empty>
        ) : (
          <Scroll label="Newest events">
            <table>
              <thead>
                <tr>
                  <th scope="col">When</th>
                  <th scope="col">Event</th>
                  <th scope="col">About</th>
                  <th scope="col">Account</th>
                  <th scope="col">User</th>
                  <th scope="col">Sent by</th>
                </tr>
              </thead>
              <tbody>
                {events.map((event) => (
                  <tr data-id={event.eventId}>
                    <td class="soft">
                      <When at={event.occurredAt} />
                    </td>
                    <th scope="row">{event.event || event.type}</th>
                    <td>{event.subject || "–"}</td>
                    <td>
                      {event.accountId ? (
                        <a href={`/dashboard/accounts/${encodeURIComponent(event.accountId)}`}>
                          {event.accountId}
                        </a>
                      ) : (
                        <span class="soft">none</span>
                      )}
                    </td>
                    <td>{event.userId || <span class="soft">anonymous</span>}</td>
                    <td class="soft">{event.library ?? "–"}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
      </div>
    </section>
  </>
);
