import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../src/db/embedded/start.ts";
import { migrate } from "../src/db/migrate.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Any database of the run's Postgres; `createTestDatabase` makes copies of its template. */
    postgresUrl: string;
  }
}

/** One real Postgres for a run, with a migrated template that each test file copies. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "telltale-test-"));
  const server = await startEmbeddedPostgres({
    dataDir: folder,
    settings: ["fsync=off", "max_connections=300"],
  });
  const admin = postgres(server.url, { max: 1 });
  await admin.unsafe("CREATE DATABASE telltale_template");
  await admin.end();
  const template = new URL(server.url);
  template.pathname = "/telltale_template";
  await migrate(template.href);
  project.provide("postgresUrl", server.url);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}
