import type { FC } from "hono/jsx";
import { Spark } from "../charts/spark.tsx";
import { toCount, toWhole } from "../format.ts";
import type { AccountUserRow } from "./queries.ts";
import { Empty, Panel, Scroll, When } from "../ui/parts.tsx";
import type { FeatureUse } from "./read-account.ts";

/** What the account does with the product. */
export const FeaturesPanel: FC<{ features: FeatureUse[] }> = ({ features }) => (
  <Panel title="Features" id="features" note="last 28 days">
    {features.length === 0 ? (
      <Empty title="No feature was used in 28 days" icon="shapes">
        Features are events named <code>Feature Used</code>; the SDK sends them with{" "}
        <code>telltale.feature("export")</code>.
      </Empty>
    ) : (
      <Scroll label="Features">
        <table>
          <thead>
            <tr>
              <th scope="col">Feature</th>
              <th scope="col">Day by day</th>
              <th scope="col" class="number-cell">
                Uses
              </th>
              <th scope="col" class="number-cell">
                Users a day, at most
              </th>
            </tr>
          </thead>
          <tbody>
            {features.map(({ feature, counts, total, users }) => (
              <tr>
                <th scope="row">{feature}</th>
                <td>
                  <Spark values={counts} label={`${feature}: ${counts.join(", ")}`} />
                </td>
                <td class="number-cell">{toWhole(total)}</td>
                <td class="number-cell">{toWhole(users)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    )}
  </Panel>
);

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
