import { z } from "zod";
import { Problem } from "../../problem.ts";
import { toQuery } from "../format.ts";

const word = (max: number) => z.string().trim().max(max).catch("").default("");

const schema = z.object({
  q: word(200),
  tier: z.enum(["", "healthy", "at_risk", "critical", "unknown"]).default(""),
  segment: word(300),
  owner: word(200),
  feature: word(200),
  milestone: word(200),
  sort: z.enum(["score", "name", "change", "value", "seen", "tier"]).default("score"),
  dir: z.enum(["asc", "desc"]).default("asc"),
  page: z.coerce.number().int().min(1).max(100_000).catch(1).default(1),
});

/** What the book shows, as its address says it. Empty words filter nothing. */
export type BookFilter = z.output<typeof schema>;

export type BookSort = BookFilter["sort"];

/**
 * Reads the query of the book's address.
 *
 * @throws {Problem} invalid-request, for a tier, order or direction that doesn't exist
 */
export function parseBookFilter(query: Record<string, string>): BookFilter {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => issue.path.join("."));
  throw new Problem("invalid-request", `The address has a value that does not exist: ${fields}.`);
}

/** The query string of a filter with some parts changed; the page starts anew unless told. */
export function toBookQuery(filter: BookFilter, change: Partial<BookFilter> = {}): string {
  const next = { ...filter, page: 1, ...change };
  return toQuery({
    ...next,
    sort: next.sort === "score" && next.dir === "asc" ? "" : next.sort,
    dir: next.dir === "asc" ? "" : next.dir,
    page: next.page === 1 ? "" : next.page,
  });
}

/** Whether anything is left out. */
export function isFiltered(filter: BookFilter): boolean {
  const { q, tier, segment, owner, feature, milestone } = filter;
  return [q, tier, segment, owner, feature, milestone].some((value) => value !== "");
}
