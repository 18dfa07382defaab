import type { FC } from "hono/jsx";
import type { RolledUpAccount } from "../../accounts/schema.ts";
import { toPercent, toScore } from "../format.ts";
import { Money, Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { TIERS, TierBadge } from "../ui/tier.tsx";

/** What the accounts below this one make together; nothing for an account without any. */
export const ChildrenPanel: FC<{ rolledUp: RolledUpAccount }> = ({ rolledUp }) => {
  const { children, score, coverage, tiers, weighedBy } = rolledUp;
  if (children.length === 0) return null;
  const isPriced = weighedBy === "yearly_value";
  return (
    <Panel
      title="Accounts below it"
      id="children"
      note={isPriced ? "weighed by what they pay" : "all weigh the same"}
    >
      <p class="row">
        <strong>{toScore(score)}</strong>
        <span class="soft">
          on average; {toPercent(coverage)} of {isPriced ? "the value" : "them"} has a score
        </span>
      </p>
      <p class="row">
        {TIERS.filter((tier) => tiers[tier] > 0).map((tier) => (
          <span class="row">
            <TierBadge tier={tier} /> {toPercent(tiers[tier])}
          </span>
        ))}
      </p>
      <Table
        label="Accounts below it"
        columns={[
          {
            head: "Account",
            cell: ({ accountId, name }) => (
              <a href={`/dashboard/accounts/${encodeURIComponent(accountId)}`}>
                {name ?? accountId}
              </a>
            ),
          },
          { head: "Tier", cell: ({ tier }) => <TierBadge tier={tier} /> },
          { head: "Score", kind: "number", cell: (one) => toScore(one.score) },
          ...(isPriced
            ? [
                {
                  head: "A year",
                  kind: "number" as const,
                  cell: ({ value }: { value: number }) => <Money value={value} />,
                },
              ]
            : []),
        ]}
        rows={children}
      />
    </Panel>
  );
};
