import { randomBytes } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, inject } from "vitest";
import { createDatabase, type Database } from "../src/db/client.ts";

/** A fresh database with the newest schema, of its own URL. */
export async function createTestDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `test_${randomBytes(6).toString("hex")}`;
  const template = inject("templateName");
  // The copies of a cluster's template on its nodes know each other as the originals do.
  const nodes = [inject("postgresUrl"), ...inject("workerUrls")].map((url) =>
    postgres(url, { max: 1, onnotice: () => {} }),
  );
  for (const node of nodes) await node.unsafe(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      for (const node of nodes) {
        await dropDatabase(node, name);
        await node.end();
      }
    },
  };
}

/** Nodes of a cluster look after each other's databases, and may be in one that is to go. */
async function dropDatabase(sql: postgres.Sql, name: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await sql.unsafe(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      return;
    } catch (error) {
      if (tries === 5) throw error;
    }
  }
}

/** For a test file: its own database, opened before the first test and dropped after the last. */
export function useTestDatabase(): { readonly url: string; readonly database: Database } {
  let opened: { url: string; database: Database; drop(): Promise<void> } | undefined;
  beforeAll(async () => {
    const { url, drop } = await createTestDatabase();
    opened = { url, database: createDatabase(url, 4), drop };
  });
  afterAll(async () => {
    await opened?.database.close();
    await opened?.drop();
  });
  const get = () => {
    if (!opened) throw new Error("the database opens before the first test, not before");
    return opened;
  };
  return {
    get url() {
      return get().url;
    },
    get database() {
      return get().database;
    },
  };
}
