import type { FC } from "hono/jsx";
import type { AssumedAccount } from "../../models/assume-book.ts";
import { toScore, toSigned } from "../format.ts";
import { Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
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
        <Table
          label="Components as they are and as assumed"
          rows={after.components.map((then) => ({ then, now: earlier.get(then.key) }))}
          columns={[
            { head: "Component", cell: ({ then }) => then.label },
            { head: "Now", kind: "number", cell: ({ now }) => toScore(now?.value ?? null) },
            { head: "Then", kind: "number", cell: ({ then }) => toScore(then.value) },
            {
              head: "Points",
              kind: "number",
              cell: ({ now, then }) => toSigned(pointsOf(then) - (now ? pointsOf(now) : 0)),
            },
          ]}
        />
        <p class="soft small">
          0–100 by component, and what each change adds to the score. Rules of the model that cap or
          lift the score come on top.
        </p>
      </div>
    </Panel>
  );
};
