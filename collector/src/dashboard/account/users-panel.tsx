import type { FC } from "hono/jsx";
import { toCount, toWhole } from "../format.ts";
import { Panel, When } from "../ui/parts.tsx";
import type { AccountUserRow } from "./queries.ts";

/** Who uses it there. */
export const UsersPanel: FC<{ users: AccountUserRow[] }> = ({ users }) => (
  <Panel title="Users" id="users" note={users.length > 0 ? "days with use in the last 28" : ""}>
    {users.length === 0 ? (
      <p class="soft">Nobody was identified yet.</p>
    ) : (
      <table>
        <thead class="hidden-text">
          <tr>
            <th scope="col">User</th>
            <th scope="col">Last seen</th>
            <th scope="col">Days</th>
          </tr>
        </thead>
        <tbody>
          {users.slice(0, 12).map(({ userId, name, email, days, lastSeenAt }) => (
            <tr>
              <th scope="row" class="name-cell">
                {name ?? email ?? userId}
                {(name || email) && <span class="soft">{email ?? userId}</span>}
              </th>
              <td class="soft">
                <When at={lastSeenAt} />
              </td>
              <td class="number-cell">{toCount(days, "day")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    )}
    {users.length > 12 && <p class="soft small">and {toWhole(users.length - 12)} more</p>}
  </Panel>
);
