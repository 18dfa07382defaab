import { readdir } from "node:fs/promises";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../../test/database.ts";

const test = useTestDatabase();

interface Column {
  table_name: string;
  column_name: string;
  type: string;
  is_nullable: boolean;
}

async function describeDefinitions(): Promise<string[]> {
  const here = new URL("./", import.meta.url);
  const files = (await readdir(here)).filter((file) => !file.includes(".test."));
  const lines: string[] = [];
  for (const file of files) {
    const exported = Object.values(await import(new URL(file, here).href));
    for (const table of exported) {
      if (!(table instanceof PgTable)) continue;
      const { name, columns } = getTableConfig(table);
      for (const column of columns) {
        const type = column.getSQLType().replace("timestamp with time zone", "timestamptz");
        lines.push(`${name}.${column.name} ${type}${column.notNull ? " not null" : ""}`);
      }
    }
  }
  return lines.sort();
}

async function describeTables(names: Set<string>): Promise<string[]> {
  const rows = await test.database.sql<Column[]>`
    SELECT c.relname AS table_name, a.attname AS column_name,
      format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS is_nullable
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped`;
  return rows
    .filter((row) => names.has(row.table_name))
    .map((row) => {
      const type = row.type.replace("timestamp with time zone", "timestamptz");
      return `${row.table_name}.${row.column_name} ${type}${row.is_nullable ? "" : " not null"}`;
    })
    .sort();
}

describe("the table definitions", () => {
  it("equal the migrated tables in columns, types and nullability", async () => {
    const defined = await describeDefinitions();
    const names = new Set(defined.map((line) => line.split(".", 1)[0] as string));
    expect(names.size).toBeGreaterThan(15);
    expect(defined).toEqual(await describeTables(names));
  });

  it("leave out no table that the migrations make", async () => {
    const defined = new Set((await describeDefinitions()).map((line) => line.split(".", 1)[0]));
    const rows = await test.database.sql<{ relname: string }[]>`
      SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
        AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'applied_migrations'`;
    expect(rows.map((row) => row.relname).filter((name) => !defined.has(name))).toEqual([]);
  });
});
