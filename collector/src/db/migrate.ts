import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import postgres from "postgres";

const MIGRATIONS = new URL("../../migrations/", import.meta.url);
/** Any fixed number: who holds this advisory lock migrates. */
const LOCK_KEY = 4_700_001;

interface Migration {
  name: string;
  checksum: string;
  statements: string[];
}

async function readMigrations(): Promise<Migration[]> {
  const files = (await readdir(MIGRATIONS)).filter((file) => file.endsWith(".sql")).sort();
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(new URL(file, MIGRATIONS), "utf8");
      return {
        name: file.replace(/\.sql$/, ""),
        checksum: createHash("sha256").update(text).digest("hex"),
        // Citus takes one statement a call.
        statements: text.split("--> statement-breakpoint"),
      };
    }),
  );
}

/**
 * Brings the database to the newest schema. Any number of processes may call it at once: an
 * advisory lock lets one work, the others find nothing left to do. Each migration is one
 * transaction that also records its name and checksum.
 *
 * @returns the names of the migrations applied now
 * @throws {Error} if an applied migration was edited afterwards, or a statement fails
 */
export async function migrate(url: string): Promise<string[]> {
  const migrations = await readMigrations();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`SELECT pg_advisory_lock(${LOCK_KEY})`;
    await sql`CREATE TABLE IF NOT EXISTS applied_migrations (
      name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL)`;
    const rows = await sql<{ name: string; checksum: string }[]>`
      SELECT name, checksum FROM applied_migrations`;
    const applied = new Map(rows.map((row) => [row.name, row.checksum]));
    const appliedNow: string[] = [];
    for (const { name, checksum, statements } of migrations) {
      const known = applied.get(name);
      if (known === checksum) continue;
      if (known !== undefined) {
        throw new Error(`migration ${name} was edited after it was applied; add a new one instead`);
      }
      await sql.begin(async (tx) => {
        await tx`INSERT INTO applied_migrations VALUES (${name}, ${checksum}, now())`;
        for (const statement of statements) await tx.unsafe(statement);
      });
      appliedNow.push(name);
    }
    return appliedNow;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Names of migrations that this version knows and the database has not seen. */
export async function findMissingMigrations(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`SELECT name FROM applied_migrations`;
  const applied = new Set(rows.map(({ name }) => name));
  const known = await readMigrations();
  return known.map(({ name }) => name).filter((name) => !applied.has(name));
}
