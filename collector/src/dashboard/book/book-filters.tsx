import type { FC } from "hono/jsx";
import { TIER_WORDS, TIERS } from "../ui/tier.tsx";
import { type BookFilter, isFiltered, toBookQuery } from "./filter.ts";
import type { Book } from "./read-book.ts";

interface ChoiceProps {
  name: string;
  label: string;
  all: string;
  value: string;
  words: string[];
  /** Further values that have a name of their own. */
  named?: { key: string; name: string }[];
}

const Choice: FC<ChoiceProps> = ({ name, label, all, value, words, named = [] }) => {
  if (words.length + named.length === 0) return null;
  const isKnown = value === "" || words.includes(value) || named.some(({ key }) => key === value);
  const shown = isKnown ? words : [value, ...words];
  return (
    <div class="field">
      <label for={`filter-${name}`}>{label}</label>
      <select id={`filter-${name}`} name={name} data-send>
        <option value="">{all}</option>
        {named.map((one) => (
          <option value={one.key} selected={one.key === value}>
            {one.name}
          </option>
        ))}
        {shown.map((word) => (
          <option value={word} selected={word === value}>
            {word.replace(":", ": ")}
          </option>
        ))}
      </select>
    </div>
  );
};

/** The filter above the table: a plain form, so that every view has an address. */
export const BookFilters: FC<{ book: Book; filter: BookFilter; canSave: boolean }> = ({
  book: { words, views },
  filter,
  canSave,
}) => (
  <>
    <search>
      <form class="filters" method="get" action="/dashboard#accounts">
        <div class="field">
          <label for="filter-q">Search</label>
          <input id="filter-q" type="search" name="q" value={filter.q} placeholder="Name or id" />
        </div>
        <div class="field">
          <label for="filter-tier">Tier</label>
          <select id="filter-tier" name="tier" data-send>
            <option value="">All tiers</option>
            {TIERS.map((tier) => (
              <option value={tier} selected={tier === filter.tier}>
                {TIER_WORDS[tier]}
              </option>
            ))}
          </select>
        </div>
        <Choice
          name="segment"
          label="Segment"
          all="All"
          value={filter.segment}
          words={words.segments}
          named={words.saved}
        />
        <Choice name="owner" label="Owner" all="All" value={filter.owner} words={words.owners} />
        <Choice
          name="feature"
          label="Uses"
          all="Any feature"
          value={filter.feature}
          words={words.features}
        />
        <Choice
          name="milestone"
          label="Reached"
          all="Any milestone"
          value={filter.milestone}
          words={words.milestones}
        />
        <input type="hidden" name="sort" value={filter.sort} />
        <input type="hidden" name="dir" value={filter.dir} />
        <div class="buttons">
          <button type="submit">Filter</button>
          {isFiltered(filter) && (
            <a class="button" href="/dashboard#accounts">
              Clear
            </a>
          )}
        </div>
      </form>
    </search>
    {(views.length > 0 || (canSave && isFiltered(filter))) && (
      <div class="row small views">
        {views.length > 0 && <span class="soft">Saved:</span>}
        {views.map(({ id, name, query }) => (
          <span class="row tight">
            <a href={`/dashboard${query}#accounts`}>{name}</a>
            {canSave && (
              <form method="post" action={`/dashboard/views/${id}/remove`}>
                <button type="submit" class="link" aria-label={`Remove the view ${name}`}>
                  ×
                </button>
              </form>
            )}
          </span>
        ))}
        {canSave && isFiltered(filter) && (
          <form class="inline-form" method="post" action="/dashboard/views">
            <input type="hidden" name="query" value={toBookQuery(filter)} />
            <input
              name="name"
              aria-label="Name of this view"
              placeholder="Name this view"
              required
              maxlength={60}
            />
            <button type="submit">Save</button>
          </form>
        )}
      </div>
    )}
  </>
);
