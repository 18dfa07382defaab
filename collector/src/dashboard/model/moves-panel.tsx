import type { Tier } from "@telltale/protocol";
import type { Child, FC } from "hono/jsx";
import type { AssumedAccount, AssumedBook } from "../../models/assume-book.ts";
import { toCount, toScore, toSigned } from "../format.ts";
import { Money, Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { TIER_WORDS, TIERS, TierBadge } from "../ui/tier.tsx";

const SHOWN = 20;

const countOf = (book: AssumedBook, tierOf: (one: AssumedAccount) => Tier, tier: Tier): number =>
  book.accounts.filter((one) => tierOf(one) === tier).length;

const changeOf = ({ before, after }: AssumedAccount): number =>
  (after.score ?? 0) - (before.score ?? 0);

/** Which accounts would be in another tier, and the value that goes with them. */
export const MovesPanel: FC<{ book: AssumedBook }> = ({ book }) => {
  const moves = book.accounts
    .filter(({ before, after }) => before.tier !== after.tier)
    .sort((a, b) => Math.abs(changeOf(b)) - Math.abs(changeOf(a)));
  return (
    <Panel
      title={
        moves.length === 0
          ? "Nobody would change tier"
          : `${toCount(moves.length, "account")} would change tier`
      }
      note={`of ${toCount(book.accounts.length, "scored account")}; newest signals, without notice`}
    >
      <TierTable book={book} />
      {moves.length > 0 && <MovesTable moves={moves} />}
    </Panel>
  );
};

interface TierLine {
  head: Child;
  now: Child;
  later: Child;
}

const TierTable: FC<{ book: AssumedBook }> = ({ book }) => {
  const { before, after } = book.valueAtRisk;
  const meanMove = book.comparison.meanMove ?? 0;
  const tiers = TIERS.map((tier) => ({
    head: <TierBadge tier={tier} />,
    isThere: tier !== "unknown",
    now: countOf(book, (one) => one.before.tier, tier),
    later: countOf(book, (one) => one.after.tier, tier),
  })).filter(({ isThere, now, later }) => isThere || now + later > 0);
  const lines: TierLine[] = [
    ...tiers.map(({ head, now, later }) => ({
      head,
      now,
      later: later === now ? later : <strong>{later}</strong>,
    })),
    {
      head: "Value at risk",
      now: <Money value={before} />,
      later:
        after === before ? (
          <Money value={after} />
        ) : (
          <strong>
            <Money value={after} />
          </strong>
        ),
    },
    {
      head: "Mean move of a score",
      now: "",
      later: `${toSigned(meanMove).replace("+", "")} points`,
    },
  ];
  return (
    <Table
      label="Tiers now and then"
      rows={lines}
      columns={[
        { head: "Tier", cell: ({ head }) => head },
        { head: "Now", kind: "number", cell: ({ now }) => now },
        { head: "Then", kind: "number", cell: ({ later }) => later },
      ]}
    />
  );
};

const MovesTable: FC<{ moves: AssumedAccount[] }> = ({ moves }) => (
  <Table
    label="Accounts that would change tier"
    caption={moves.length > SHOWN ? `The ${SHOWN} largest moves` : "Largest moves first"}
    rows={moves.slice(0, SHOWN)}
    columns={[
      {
        head: "Account",
        class: "name-cell",
        cell: ({ account, before }) => (
          <>
            <a href={`/dashboard/accounts/${encodeURIComponent(account.accountId)}`}>
              {account.name ?? account.accountId}
            </a>
            <span class="soft">from {TIER_WORDS[before.tier].toLowerCase()}</span>
          </>
        ),
      },
      { head: "To", cell: ({ after }) => <TierBadge tier={after.tier} /> },
      {
        head: "Score",
        kind: "number",
        cell: ({ before, after }) => `${toScore(before.score)} → ${toScore(after.score)}`,
      },
    ]}
  />
);
