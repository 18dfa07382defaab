import type { Tier } from "@telltale/protocol";
import type { FC } from "hono/jsx";
import type { AssumedAccount, AssumedBook } from "../../models/assume-book.ts";
import { toCompact, toCount, toScore, toSigned } from "../format.ts";
import { Panel, Scroll } from "../ui/parts.tsx";
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

const TierTable: FC<{ book: AssumedBook }> = ({ book }) => {
  const { before, after } = book.valueAtRisk;
  const meanMove = book.comparison.meanMove ?? 0;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Tier</th>
          <th scope="col" class="number-cell">
            Now
          </th>
          <th scope="col" class="number-cell">
            Then
          </th>
        </tr>
      </thead>
      <tbody>
        {TIERS.map((tier) => ({
          tier,
          now: countOf(book, (one) => one.before.tier, tier),
          later: countOf(book, (one) => one.after.tier, tier),
        }))
          .filter(({ tier, now, later }) => tier !== "unknown" || now + later > 0)
          .map(({ tier, now, later }) => (
            <tr>
              <th scope="row">
                <TierBadge tier={tier} />
              </th>
              <td class="number-cell">{now}</td>
              <td class="number-cell">{later === now ? later : <strong>{later}</strong>}</td>
            </tr>
          ))}
        <tr>
          <th scope="row">Value at risk</th>
          <td class="number-cell">{toCompact(before)}</td>
          <td class="number-cell">
            {after === before ? toCompact(after) : <strong>{toCompact(after)}</strong>}
          </td>
        </tr>
        <tr>
          <th scope="row">Mean move of a score</th>
          <td />
          <td class="number-cell">{toSigned(meanMove).replace("+", "")} points</td>
        </tr>
      </tbody>
    </table>
  );
};

const MovesTable: FC<{ moves: AssumedAccount[] }> = ({ moves }) => (
  <Scroll label="Accounts that would change tier">
    <table>
      <caption>
        {moves.length > SHOWN ? `The ${SHOWN} largest moves` : "Largest moves first"}
      </caption>
      <thead>
        <tr>
          <th scope="col">Account</th>
          <th scope="col">To</th>
          <th scope="col" class="number-cell">
            Score
          </th>
        </tr>
      </thead>
      <tbody>
        {moves.slice(0, SHOWN).map(({ account, before, after }) => (
          <tr>
            <th scope="row" class="name-cell">
              <a href={`/dashboard/accounts/${encodeURIComponent(account.accountId)}`}>
                {account.name ?? account.accountId}
              </a>
              <span class="soft">from {TIER_WORDS[before.tier].toLowerCase()}</span>
            </th>
            <td>
              <TierBadge tier={after.tier} />
            </td>
            <td class="number-cell">
              {toScore(before.score)} → {toScore(after.score)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);
