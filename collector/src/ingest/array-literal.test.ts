import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { toBareArray, toJsonArray, toTextArray } from "./array-literal.ts";

const test = useTestDatabase();
const itself = (text: string) => text;
/** What Postgres can store: no NUL, no half of a surrogate pair. */
const storable = fc
  .oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("", "NULL", '"', "\\", '{"a":"b\\"c"}', "{,}", " x "),
  )
  .filter((text) => !text.includes("\u0000") && text.isWellFormed());

describe("array literals", () => {
  it("arrive in Postgres as the texts that were given", async () => {
    const { sql } = test.database;
    await fc.assert(
      fc.asyncProperty(fc.array(storable, { minLength: 1, maxLength: 20 }), async (texts) => {
        const [row] = await sql`SELECT ${toTextArray(texts, itself)}::text[] AS texts`;
        expect(row?.texts).toEqual(texts);
      }),
      { numRuns: 200 },
    );
  });

  it("hold numbers and nothing", async () => {
    const { sql } = test.database;
    const literal = toBareArray([1, null, -3], (one) => one);
    const none = toBareArray([], () => 1);
    const [row] = await sql`
      SELECT ${literal}::int[]::text AS numbers, ${none}::int[]::text AS none`;
    expect(row).toEqual({ numbers: "{1,NULL,-3}", none: "{}" });
  });

  it("join JSON texts into one", () => {
    expect(toJsonArray(['{"a":1}', "[]"], itself)).toBe('[{"a":1},[]]');
  });
});
