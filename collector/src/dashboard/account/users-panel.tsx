import type { FC } from "hono/jsx";
import { toCount, toWhole } from "../format.ts";
import { Panel, When } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import type { AccountUserRow } from "./queries.ts";

/** Who uses it there. */
export const UsersPanel: FC<{ users: AccountUserRow[] }> = ({ users }) => (
  <Panel title="Users" id="users" note={users.length > 0 ? "days with use in the last 28" : ""}>
    {users.length === 0 ? (
      <p class="soft">Nobody was identified yet.</p>
    ) : (
      <Table
        label="Users"
        isHeadHidden
        rows={users}
        columns={[
          {
            head: "User",
            class: "name-cell",
            cell: ({ userId, name, email }) => (
              <>
                {name ?? email ?? userId}
                {(name || email) && <span class="soft">{email ?? userId}</span>}
              </>
            ),
          },
          { head: "Last seen", class: "soft", cell: ({ lastSeenAt }) => <When at={lastSeenAt} /> },
          { head: "Days", kind: "number", cell: ({ days }) => toCount(days, "day") },
        ]}
      />
    )}
    {users[0] && users[0].total > users.length && (
      <p class="soft small">and {toWhole(users[0].total - users.length)} more</p>
    )}
  </Panel>
);
