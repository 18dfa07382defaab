import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import postgres from "postgres";
import { type Distributed, distribute, findCitusRole } from "./distribute.ts";

const MIGRATIONS = new URL("../../migrations/", import.meta.url);
/** Any fixed number: who holds this advisory lock migrates. */
const LOCK_KEY = 4_700_001;
/** So long an answer takes nowhere: who waits wants to know what for. */
const SILENT_MS = 3_000;
/** Seconds until a server that takes the connection and is silent is given up, unless the URL says. */
const CONNECT_TIMEOUT = 10;

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

export interface MigrateOptions {
  /** Told once, when tables were spread over a Citus cluster now. */
  onDistributed?: (tables: Distributed[]) => void;
  /** Told once, when the database has said nothing for 3 s; `address` is host and port. */
  onSilence?: (address: string) => void;
}

/**
 * Brings the database to the newest schema. Any number of processes may call it at once: an
 * advisory lock lets one work, the others find nothing left to do. Each migration is one
 * transaction that also records its name and checksum. On the coordinator of a Citus cluster the
 * tables are spread over its nodes afterwards.
 *
 * @returns the names of the migrations applied now
 * @throws {Error} if the server is silent for 10 s or its URL's `connect_timeout`, an applied migration was edited afterwards, a statement fails, or the database
 *   is another node of a Citus cluster than its coordinator
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const migrations = await readMigrations();
  const sql = postgres(url, {
    max: 1,
    onnotice: () => {},
    ...(!/[?&]connect_timeout=/.test(url) && { connect_timeout: CONNECT_TIMEOUT }),
  });
  const silence = setTimeout(() => options.onSilence?.(toAddress(sql.options)), SILENT_MS);
  try {
    const citus = await findCitusRole(sql);
    clearTimeout(silence);
    if (citus === "worker")
      throw new Error("this is a worker of a Citus cluster; name its coordinator");
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
        // Several changes of tables that refer to each other must take one connection a node.
        if (citus === "coordinator")
          await tx`SET LOCAL citus.multi_shard_modify_mode = 'sequential'`;
        await tx`INSERT INTO applied_migrations VALUES (${name}, ${checksum}, now())`;
        for (const statement of statements) await tx.unsafe(statement);
      });
      appliedNow.push(name);
    }
    if (citus === "coordinator") {
      const distributed = await distribute(sql);
      if (distributed.length > 0) options.onDistributed?.(distributed);
    }
    return appliedNow;
  } finally {
    clearTimeout(silence);
    await sql.end({ timeout: 5 });
  }
}

function toAddress({ host, port, path }: postgres.ParsedOptions): string {
  return path || host.map((name, index) => `${name}:${port[index] ?? 5432}`).join(", ");
}

/** Names of migrations that this version knows and the database has not seen. */
export async function findMissingMigrations(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`SELECT name FROM applied_migrations`;
  const applied = new Set(rows.map(({ name }) => name));
  const known = await readMigrations();
  return known.map(({ name }) => name).filter((name) => !applied.has(name));
}
