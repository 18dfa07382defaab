import fc from "fast-check";
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { toBinaryArray, toBinaryCopy } from "./binary-writer.ts";
import { createBulkPool } from "./bulk-pool.ts";

const test = useTestDatabase();

/** Rows of every type that the writer knows. */
const row = fc.record({
  id: fc.constant(null).map(() => v7()),
  text: fc.string({ unit: "grapheme", maxLength: 60 }).filter((text) => !text.includes("\u0000")),
  json: fc.jsonValue().map((value) => JSON.stringify(value)),
  big: fc.integer({ min: -(2 ** 52), max: 2 ** 52 }),
  ms: fc.integer({ min: 0, max: 4_102_444_800_000 }),
  day: fc.integer({ min: -10_000, max: 40_000 }),
  flag: fc.boolean(),
});

describe("the binary form", () => {
  it("is read by Postgres as what was written", { timeout: 30_000 }, async () => {
    const { sql, ingestSql } = test.database;
    await sql`CREATE TABLE written (place bigint, id uuid, text text, json jsonb, big bigint,
      at timestamptz, flag boolean)`;
    await sql`CREATE TABLE listed (id uuid, text text, big bigint, at timestamptz, day date)`;
    const limits = { max: 1, statementMs: 5_000, answerWithinMs: 6_000 };
    const bulk = createBulkPool({ target: ingestSql.options, ...limits });
    if (!bulk) throw new Error("the test database is reached by both drivers");
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 12 }), async (rows) => {
        await sql`TRUNCATE written, listed`;
        let place = 0;
        const copy = toBinaryCopy(rows, 7, (writer, one) => {
          writer.bigint(place);
          writer.uuid(one.id);
          writer.text(one.text);
          writer.jsonb(one.json);
          writer.bigint(one.big);
          writer.instant(one.ms);
          writer.boolean(one.flag);
          place += 1;
        });
        const values = [
          toBinaryArray("uuid", rows, (one) => one.id),
          toBinaryArray("text", rows, (one) => one.text),
          toBinaryArray("bigint", rows, (one) => one.big),
          toBinaryArray("instant", rows, (one) => one.ms),
          toBinaryArray("date", rows, (one) => one.day),
        ];
        await bulk.run([
          { statement: { name: "copy", text: "COPY written FROM STDIN (FORMAT binary)" }, copy },
          {
            statement: {
              name: "list",
              text: `INSERT INTO listed SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[],
                $4::timestamptz[], $5::date[])`,
            },
            values,
          },
        ]);
        const written = await sql`
          SELECT id, text, json::text::jsonb = wanted.value AS is_json, big::float8, at, flag
          FROM written JOIN unnest(${rows.map((one) => one.json)}::text[]::jsonb[])
            WITH ORDINALITY AS wanted (value, number) ON number = place + 1 ORDER BY place`;
        expect([...written]).toEqual(
          rows.map(({ id, text, big, ms, flag }) => ({
            id,
            text,
            is_json: true,
            big,
            at: new Date(ms),
            flag,
          })),
        );
        const listed = await sql`
          SELECT id, text, big::float8, at, day - date '2000-01-01' AS day FROM listed`;
        const expected = rows.map(({ id, text, big, ms, day }) => ({
          id,
          text,
          big,
          at: new Date(ms),
          day,
        }));
        expect(new Set(listed.map((one) => JSON.stringify(one)))).toEqual(
          new Set(expected.map((one) => JSON.stringify(one))),
        );
      }),
      { numRuns: 40 },
    );
    await bulk.close();
  });
});
