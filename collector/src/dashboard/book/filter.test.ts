import { describe, expect, it } from "vitest";
import { isFiltered, parseBookFilter, toBookQuery } from "./filter.ts";

describe("parseBookFilter", () => {
  it("shows everything by score when nothing is asked", () => {
    const filter = parseBookFilter({});
    expect(filter).toMatchObject({ q: "", tier: "", sort: "score", dir: "asc", page: 1 });
    expect(isFiltered(filter)).toBe(false);
    expect(toBookQuery(filter)).toBe("");
  });

  it.each([{ sort: "score; DROP TABLE accounts" }, { tier: "green" }, { dir: "sideways" }])(
    "refuses %j, which does not exist",
    (query) => {
      expect(() => parseBookFilter(query)).toThrow(/does not exist/);
    },
  );

  it("keeps the filter in the address and starts a changed one on its first page", () => {
    const filter = parseBookFilter({ tier: "at_risk", sort: "value", dir: "desc", page: "3" });
    expect(toBookQuery(filter, { q: "acme" })).toBe("?q=acme&tier=at_risk&sort=value&dir=desc");
    expect(toBookQuery(filter, { page: 4 })).toContain("page=4");
  });
});
