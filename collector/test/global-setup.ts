import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { startEmbeddedPostgres } from "../src/db/embedded/start.ts";
import { migrate } from "../src/db/migrate.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Any database of the run's Postgres; `createTestDatabase` makes copies of its template. */
    postgresUrl: string;
    /** Of a Citus cluster, its other nodes. */
    workerUrls: string[];
    /** A migrated database on every node. */
    templateName: string;
  }
}

const TEMPLATE = "telltale_template";

/** One real Postgres for a run, with a migrated template that each test file copies. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "telltale-test-"));
  const watcher = watchThisProcess(folder);
  const server = await startEmbeddedPostgres({
    dataDir: folder,
    settings: ["fsync=off", "max_connections=300"],
  });
  watcher.write(server.folder);
  const admin = postgres(server.url, { max: 1 });
  await admin.unsafe(`CREATE DATABASE ${TEMPLATE}`);
  await admin.end();
  const template = new URL(server.url);
  template.pathname = `/${TEMPLATE}`;
  await migrate(template.href);
  project.provide("postgresUrl", server.url);
  project.provide("workerUrls", []);
  project.provide("templateName", TEMPLATE);
  return async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** A run that is cut off must not leave its Postgres behind; tell where that is. */
function watchThisProcess(folder: string): Writable {
  const script = fileURLToPath(new URL("stop-with-parent.mjs", import.meta.url));
  const watcher = spawn(process.execPath, [script, folder], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  watcher.unref();
  // An open pipe would keep this process alive; it closes with it all the same.
  (watcher.stdin as Writable & { unref(): void }).unref();
  return watcher.stdin;
}
