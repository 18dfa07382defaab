import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import postgres from "postgres";
import { describe, expect, inject, it } from "vitest";
import { migrate } from "./migrate.ts";

async function createEmptyDatabase() {
  const name = `empty_${randomBytes(6).toString("hex")}`;
  const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
  await admin.unsafe(`CREATE DATABASE ${name}`);
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async drop() {
      await admin.unsafe(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await admin.end();
    },
  };
}

describe("migrate", () => {
  it("applies each migration once although five callers start at the same moment", async () => {
    const empty = await createEmptyDatabase();
    try {
      const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(empty.url)));
      const files = await readdir(new URL("../../migrations/", import.meta.url));
      const names = files.map((file) => file.replace(/\.sql$/, "")).sort();
      expect(applied.flat().sort()).toEqual(names);
      expect(await migrate(empty.url)).toEqual([]);
    } finally {
      await empty.drop();
    }
  });

  it("refuses a migration that was edited after it was applied", async () => {
    const empty = await createEmptyDatabase();
    const sql = postgres(empty.url, { max: 1 });
    try {
      await migrate(empty.url);
      await sql`UPDATE applied_migrations SET checksum = 'other' WHERE name LIKE '0000%'`;
      await expect(migrate(empty.url)).rejects.toThrow(/0000_create_projects was edited/);
    } finally {
      await sql.end();
      await empty.drop();
    }
  });

  it("names what it waits for when the database takes the connection and says nothing", async () => {
    const silent = createServer().listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const told: string[] = [];
    const url = `postgres://ann:secret@127.0.0.1:${port}/telltale?connect_timeout=4`;
    const migrated = migrate(url, { onSilence: (address) => told.push(address) });
    await expect(migrated).rejects.toMatchObject({ code: "CONNECT_TIMEOUT" });
    expect(told).toEqual([`127.0.0.1:${port}`]);
    silent.close();
  });
});
