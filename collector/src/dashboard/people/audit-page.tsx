import type { FC } from "hono/jsx";
import { Empty, PageHead, Scroll, When } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { PEOPLE_TABS } from "./tabs.ts";

interface AuditProps {
  entries: { id: string; at: string; actor: string; action: string; target: string; ip: string }[];
  next: string | null;
}

/** Who did what. */
export const AuditPage: FC<AuditProps> = ({ entries, next }) => (
  <>
    <PageHead title="Audit log" note="Who did what, newest first. Lines are only ever added." />
    <Tabs label="People" tabs={PEOPLE_TABS} current="/dashboard/people/audit" />
    <section class="panel" aria-label="Audit log">
      {entries.length === 0 ? (
        <Empty title="Nothing was done yet" icon="inbox">
          Whoever acknowledges, publishes, invites or revokes is written down here.
        </Empty>
      ) : (
        <Scroll label="Audit log">
          <table>
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Who</th>
                <th scope="col">Did</th>
                <th scope="col">To</th>
                <th scope="col" class="wide">
                  From
                </th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry) => (
                <tr>
                  <td class="soft">
                    <When at={entry.at} />
                  </td>
                  <th scope="row">{entry.actor}</th>
                  <td>
                    <code>{entry.action}</code>
                  </td>
                  <td>{entry.target}</td>
                  <td class="wide soft">{entry.ip}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {next && (
        <div class="pages">
          <span />
          <nav aria-label="Pages">
            <a class="button" href={`?${new URLSearchParams({ cursor: next })}`}>
              Older
            </a>
          </nav>
        </div>
      )}
    </section>
  </>
);
