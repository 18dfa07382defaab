import type { FC } from "hono/jsx";
import { StackedColumns } from "../charts/stacked-columns.tsx";
import { toCount, toPercent, toShortDay, toWhole } from "../format.ts";
import { Icon } from "../ui/icon.tsx";
import { ModelDue } from "../ui/model-due.tsx";
import { Delta, Empty, Money, PageHead, Panel } from "../ui/parts.tsx";
import { TIER_WORDS, TIERS, TierBadge } from "../ui/tier.tsx";
import { Tile } from "../ui/tile.tsx";
import { BookFilters } from "./book-filters.tsx";
import { BookTable } from "./book-table.tsx";
import { type BookFilter, isFiltered, toBookQuery } from "./filter.ts";
import type { TierShare } from "./queries.ts";
import type { Book, Mover } from "./read-book.ts";
import { SegmentsPanel } from "./segments-panel.tsx";

const accountHref = (id: string): string => `/dashboard/accounts/${encodeURIComponent(id)}`;

const TierTiles: FC<{ shares: TierShare[]; filter: BookFilter }> = ({ shares, filter }) => {
  const total = shares.reduce((sum, share) => sum + share.accounts, 0);
  const hasValue = shares.some(({ value }) => value > 0);
  const atRisk = shares
    .filter(({ tier }) => tier === "at_risk" || tier === "critical")
    .reduce((sum, { value }) => sum + value, 0);
  const value = shares.reduce((sum, share) => sum + share.value, 0);
  return (
    <div class="tiles">
      {TIERS.map((tier) => {
        const share = shares.find((one) => one.tier === tier);
        const accounts = share?.accounts ?? 0;
        const isChosen = filter.tier === tier;
        return (
          <a
            class="tile"
            href={`/dashboard${toBookQuery(filter, { tier: isChosen ? "" : tier })}#accounts`}
            {...(isChosen && { "aria-current": "true" })}
          >
            <span class="label">
              <TierBadge tier={tier} />
            </span>
            <span class="number">{toWhole(accounts)}</span>
            <span class="note">
              {total > 0 ? toPercent(accounts / total) : "0 %"}
              {hasValue && (
                <>
                  {" · "}
                  <Money value={share?.value ?? 0} /> a year
                </>
              )}
            </span>
          </a>
        );
      })}
      {hasValue && (
        <Tile
          label="Value at risk"
          number={<Money value={atRisk} />}
          note={
            <>
              {toPercent(value > 0 ? atRisk / value : 0)} of <Money value={value} /> a year
            </>
          }
        />
      )}
    </div>
  );
};

const Movers: FC<{ title: string; movers: Mover[]; none: string }> = ({ title, movers, none }) => (
  <Panel title={title} note="against a week ago">
    {movers.length === 0 ? (
      <p class="soft">{none}</p>
    ) : (
      <ol class="list">
        {movers.map((mover) => (
          <li class="mover">
            <span>
              <a href={accountHref(mover.accountId)}>{mover.name ?? mover.accountId}</a>{" "}
              <TierBadge tier={mover.tier} />
            </span>
            <span class="nowrap">
              {Math.round(mover.before)} → {Math.round(mover.score)}{" "}
              <Delta points={mover.score - mover.before} />
            </span>
            <p>
              {mover.reason}
              {mover.value !== null && (
                <>
                  {" "}
                  Worth <Money value={mover.value} /> a year.
                </>
              )}
            </p>
          </li>
        ))}
      </ol>
    )}
  </Panel>
);

/** Who is leaving, why, and where to look first. */
export const BookPage: FC<{ book: Book; filter: BookFilter; canSave: boolean }> = ({
  book,
  filter,
  canSave,
}) => {
  const total = book.shares.reduce((sum, share) => sum + share.accounts, 0);
  if (total === 0) return <NoAccounts />;
  const bins = Array.from({ length: 10 }, (_, bin) => ({
    label: `${bin * 10}–${bin === 9 ? 100 : bin * 10 + 9}`,
    counts: Object.fromEntries(book.shares.map(({ tier, bins }) => [tier, bins[bin] ?? 0])),
  }));
  const scored = TIERS.filter((tier) => tier !== "unknown");
  const weeks = book.weeks.filter(({ counts }) => Object.values(counts).some((count) => count > 0));
  const [first, last] = [weeks[0], weeks.at(-1)];
  return (
    <>
      <PageHead title="Book" note={`${toCount(total, "account")}, and where each stands today.`}>
        <a class="button" href="/dashboard/review">
          Weekly review
        </a>
      </PageHead>
      <div class="stack">
        <ModelDue review={book.review} />
        <TierTiles shares={book.shares} filter={filter} />
        <div class="columns">
          <Movers
            title="Fell most"
            movers={book.fell}
            none="No account fell by 3 points or more."
          />
          <Movers
            title="Rose most"
            movers={book.rose}
            none="No account rose by 3 points or more."
          />
        </div>
        <div class="columns">
          <Panel title="Scores" note="accounts per ten points">
            <StackedColumns
              label="How many accounts have which score"
              columns={bins}
              axis={["0", "20", "40", "60", "80", "100"]}
              scale="count"
              tiers={scored}
            />
          </Panel>
          <Panel title="Tiers over time" note="share of accounts, week by week">
            {weeks.length > 1 && first && last ? (
              <StackedColumns
                label={`Share of each tier from ${toShortDay(first.day)} to ${toShortDay(last.day)}`}
                columns={weeks.map(({ day, counts }) => ({ label: toShortDay(day), counts }))}
                axis={[toShortDay(first.day), toShortDay(last.day)]}
                scale="share"
              />
            ) : (
              <Empty title="One week is no history yet" icon="clock">
                Each day adds a point; the chart starts with the second week.
              </Empty>
            )}
          </Panel>
        </div>
        <SegmentsPanel segments={book.segments} />
        <section class="panel" id="accounts" aria-label="Accounts">
          <header>
            <h2>
              {filter.tier ? `${TIER_WORDS[filter.tier]}: ` : ""}
              {toCount(book.count, "account")}
            </h2>
            <a href={`/dashboard/accounts.csv${toBookQuery(filter)}`} class="with-icon small">
              <Icon name="download" />
              Download as CSV
            </a>
          </header>
          <BookFilters book={book} filter={filter} canSave={canSave} />
          {book.rows.length === 0 ? (
            <Empty title="No account fits this filter" icon="search">
              {isFiltered(filter) ? <a href="/dashboard">Show all accounts</a> : null}
            </Empty>
          ) : (
            <BookTable book={book} filter={filter} />
          )}
        </section>
      </div>
    </>
  );
};

const NoAccounts: FC = () => (
  <>
    <PageHead title="Book" note="Every account, and where it stands." />
    <Panel title="No accounts yet">
      <Empty title="The first event makes the first account" icon="pulse">
        Put the script tag into your app, name the account with{" "}
        <code>telltale.account("acme", &#123; name: "Acme" &#125;)</code>, and it appears here
        within seconds. A score follows once there is enough to judge by.
      </Empty>
      <footer>
        <a class="button primary" href="/dashboard/data/install">
          Install and watch the first event arrive
        </a>
      </footer>
    </Panel>
  </>
);
