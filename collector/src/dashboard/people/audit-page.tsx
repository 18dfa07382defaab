import type { FC } from "hono/jsx";
import type { AuditChange } from "../../audit/audit-change.ts";
import { toCount } from "../format.ts";
import { Empty, PageHead, When } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { PEOPLE_TABS } from "./tabs.ts";

interface AuditEntry {
  id: string;
  at: string;
  actor: string;
  action: string;
  target: string;
  ip: string;
  change: AuditChange | null;
}

/** Who did what. */
export const AuditPage: FC<{ entries: AuditEntry[]; next: string | null }> = ({
  entries,
  next,
}) => (
  <>
    <PageHead
      title="Audit log"
      note="Who did what, here and over the REST interface, newest first. Lines are only ever added."
    />
    <Tabs label="People" tabs={PEOPLE_TABS} current="/dashboard/people/audit" />
    <section class="panel" aria-label="Audit log">
      {entries.length === 0 ? (
        <Empty title="Nothing was done yet" icon="inbox">
          Whoever acknowledges, publishes, invites or revokes is written down here.
        </Empty>
      ) : (
        <Table
          label="Audit log"
          rows={entries}
          columns={[
            { head: "Who", cell: ({ actor }) => actor },
            { head: "When", class: "soft", cell: ({ at }) => <When at={at} /> },
            { head: "Did", cell: ({ action }) => <code>{action}</code> },
            {
              head: "To",
              cell: ({ target, change }) => (
                <>
                  {target}
                  {change && <Change change={change} />}
                </>
              ),
            },
            { head: "From", class: "wide soft", cell: ({ ip }) => ip },
          ]}
        />
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

/** The fields that a change touched, as they were and as they are. */
const Change: FC<{ change: AuditChange }> = ({ change }) => (
  <details class="small">
    <summary>{toCount(Object.keys(change).length, "field")}</summary>
    <dl class="facts">
      {Object.entries(change).map(([field, { before, after }]) => (
        <>
          <dt>{field}</dt>
          <dd>
            {before !== undefined && <del>{say(before)}</del>}{" "}
            {after !== undefined && <ins>{say(after)}</ins>}
          </dd>
        </>
      ))}
    </dl>
  </details>
);

const say = (value: unknown): string =>
  value === "" ? "(empty)" : typeof value === "string" ? value : JSON.stringify(value);
