import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { LOCAL_TABLES, placementOf, REFERENCE_TABLES } from "./placement.ts";

const test = useTestDatabase();

interface UniqueIndex {
  table: string;
  columns: string[];
}

async function listUniqueIndexes(): Promise<UniqueIndex[]> {
  return test.database.sql<UniqueIndex[]>`
    SELECT relname AS table, array_agg(attname::text) AS columns
    FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
    JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY(indkey)
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
      AND indisunique
    GROUP BY relname, indexrelid`;
}

describe("placementOf", () => {
  it("splits no table whose keys do not hold the project, which a cluster could not keep unique", async () => {
    const indexes = await listUniqueIndexes();
    expect(indexes.length).toBeGreaterThan(40);
    const faulty = indexes.filter(
      ({ table, columns }) =>
        placementOf(table) === "distributed" && !columns.includes("project_id"),
    );
    expect(faulty).toEqual([]);
  });

  it("names no table that is not there", async () => {
    const tables = new Set((await listUniqueIndexes()).map(({ table }) => table));
    const named = [...REFERENCE_TABLES, ...LOCAL_TABLES.keys()];
    expect(named.filter((table) => !tables.has(table))).toEqual([]);
  });
});
