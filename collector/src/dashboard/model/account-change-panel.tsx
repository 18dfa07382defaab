import type { FC } from "hono/jsx";
import type { AssumedAccount } from "../../models/assume-book.ts";
import { toScore, toSigned } from "../format.ts";
import { Panel, Scroll } from "../ui/parts.tsx";
import { TierBadge } from "../ui/tier.tsx";

/** One account as it is and as assumed, component by component. */
export const AccountChangePanel: FC<{ assumed: AssumedAccount }> = ({
  assumed: { account, before, after },
}) => {
  const earlier = new Map(before.components.map((component) => [component.key, component]));
  const pointsOf = ({
    effectiveWeight,
    value,
  }: {
    effectiveWeight: number;
    value: number | null;
  }) => effectiveWeight * (value ?? 0);
  return (
    <Panel
      title={`${toScore(before.score)} → ${toScore(after.score)}`}
      note={
        <a href={`/dashboard/accounts/${encodeURIComponent(account.accountId)}`}>The account</a>
      }
    >
      <div class="stack">
        <p class="row">
          <TierBadge tier={before.tier} />
          <span>→</span>
          <TierBadge tier={after.tier} />
          <span class="soft small">by the bounds, without notice</span>
        </p>
        <Scroll label="Components as they are and as assumed">
          <table>
            <thead>
              <tr>
                <th scope="col">Component</th>
                <th scope="col" class="number-cell">
                  Now
                </th>
                <th scope="col" class="number-cell">
                  Then
                </th>
                <th scope="col" class="number-cell">
                  Points
                </th>
              </tr>
            </thead>
            <tbody>
              {after.components.map((component) => {
                const old = earlier.get(component.key);
                return (
                  <tr>
                    <th scope="row">{component.label}</th>
                    <td class="number-cell">{toScore(old?.value ?? null)}</td>
                    <td class="number-cell">{toScore(component.value)}</td>
                    <td class="number-cell">
                      {toSigned(pointsOf(component) - (old ? pointsOf(old) : 0))}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scroll>
        <p class="soft small">
          0–100 by component, and what each change adds to the score. Rules of the model that cap or
          lift the score come on top.
        </p>
      </div>
    </Panel>
  );
};
