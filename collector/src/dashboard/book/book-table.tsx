import type { FC } from "hono/jsx";
import { ScoreBar } from "../charts/score-bar.tsx";
import { toScore, toWhole } from "../format.ts";
import { Delta, Money, Scroll, When } from "../ui/parts.tsx";
import { TierBadge } from "../ui/tier.tsx";
import { type BookFilter, type BookSort, toBookQuery } from "./filter.ts";
import { type Book, PAGE_ROWS } from "./read-book.ts";

interface Column {
  sort: BookSort;
  word: string;
  /** Where a first click starts. */
  first: "asc" | "desc";
  class: string;
}

const COLUMNS: Column[] = [
  { sort: "name", word: "Account", first: "asc", class: "" },
  { sort: "score", word: "Score", first: "asc", class: "number-cell" },
  { sort: "tier", word: "Tier", first: "asc", class: "wide tier-cell" },
  { sort: "change", word: "In 7 days", first: "asc", class: "number-cell" },
  { sort: "value", word: "Value a year", first: "desc", class: "number-cell wide" },
  { sort: "seen", word: "Last seen", first: "desc", class: "wide" },
];

const SortHead: FC<{ column: Column; filter: BookFilter }> = ({ column, filter }) => {
  const isSorted = filter.sort === column.sort;
  const flipped = filter.dir === "asc" ? "desc" : "asc";
  const dir = isSorted ? flipped : column.first;
  const order = filter.dir === "asc" ? "ascending" : "descending";
  return (
    <th scope="col" class={column.class} {...(isSorted && { "aria-sort": order })}>
      <a href={`/dashboard${toBookQuery(filter, { sort: column.sort, dir })}#accounts`}>
        {column.word}
        {isSorted && <span aria-hidden="true">{filter.dir === "asc" ? " ↑" : " ↓"}</span>}
      </a>
    </th>
  );
};

/** The accounts of a page of the book. */
export const BookTable: FC<{ book: Book; filter: BookFilter }> = ({ book, filter }) => {
  const pages = Math.ceil(book.count / PAGE_ROWS);
  const from = (filter.page - 1) * PAGE_ROWS;
  return (
    <>
      <Scroll label="Accounts">
        <table class="rows">
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <SortHead column={column} filter={filter} />
              ))}
            </tr>
          </thead>
          <tbody>
            {book.rows.map((row) => (
              <tr>
                <th scope="row" class="name-cell">
                  <a href={`/dashboard/accounts/${encodeURIComponent(row.accountId)}`}>
                    {row.name ?? row.accountId}
                  </a>
                  <span class="narrow">
                    <TierBadge tier={row.tier} />
                  </span>
                  <span class="soft">
                    {[row.plan, row.owner].filter(Boolean).join(" · ") || row.accountId}
                  </span>
                </th>
                <td class="number-cell">
                  <span class="score-cell">
                    <ScoreBar score={row.score} tier={row.tier} />
                    <strong>{toScore(row.score)}</strong>
                  </span>
                </td>
                <td class="wide tier-cell">
                  <TierBadge tier={row.tier} />
                </td>
                <td class="number-cell">
                  <Delta
                    points={
                      row.score === null || row.before === null ? null : row.score - row.before
                    }
                  />
                </td>
                <td class="number-cell wide">
                  {row.value === null ? "–" : <Money value={row.value} style="whole" />}
                </td>
                <td class="wide soft">
                  <When at={row.lastSeenAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {pages > 1 && (
        <div class="pages">
          <span>
            {toWhole(from + 1)}–{toWhole(Math.min(from + PAGE_ROWS, book.count))} of{" "}
            {toWhole(book.count)}
          </span>
          <nav aria-label="Pages">
            {filter.page > 1 && (
              <a class="button" rel="prev" href={pageHref(filter, filter.page - 1)}>
                Previous
              </a>
            )}
            {filter.page < pages && (
              <a class="button" rel="next" href={pageHref(filter, filter.page + 1)}>
                Next
              </a>
            )}
          </nav>
        </div>
      )}
    </>
  );
};

const pageHref = (filter: BookFilter, page: number): string =>
  `/dashboard${toBookQuery(filter, { page })}#accounts`;
