/** What the parts of the webhook benchmark share: a real Postgres, receivers, endpoints, queues. */

import { fork } from "node:child_process";
import { on, once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase } from "../../collector/dist/db/client.js";
import { startEmbeddedPostgres } from "../../collector/dist/db/embedded/start.js";
import { migrate } from "../../collector/dist/db/migrate.js";
import { createLogger } from "../../collector/dist/logger.js";
import { createProject } from "../../collector/dist/projects/create-project.js";
import { createDeliveryLoop } from "../../collector/dist/webhooks/delivery-loop.js";
import { createEndpoint } from "../../collector/dist/webhooks/endpoints.js";

export const APP_SECRET = "a secret of at least thirty-two characters";
export const BODY = JSON.stringify({
  type: "account.score_changed",
  timestamp: "2026-11-01T00:00:00.000Z",
  data: { note: "x".repeat(1_500) },
});

export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
}

/** @param sizes how much of everything, and how often */
export async function openBench(sizes) {
  const folder = await mkdtemp(join(tmpdir(), "telltale-webhooks-"));
  const postgres = await startEmbeddedPostgres({ dataDir: folder });
  await migrate(postgres.url);
  const database = createDatabase(postgres.url);
  const undo = [
    () => rm(folder, { recursive: true, force: true }),
    () => postgres.stop(),
    () => database.close(),
  ];

  function forkChild(name, args) {
    const child = fork(new URL(name, import.meta.url), args);
    undo.push(() => child.kill());
    return child;
  }

  return {
    sizes,
    database,
    url: postgres.url,

    /** Another database on the same server. */
    async openSecondDatabase(name) {
      await database.sql.unsafe(`CREATE DATABASE ${name}`);
      const url = new URL(`/${name}`, postgres.url).href;
      await migrate(url);
      const second = createDatabase(url);
      undo.push(() => second.close());
      return second;
    },

    async startReceiver(delayMs = 0) {
      const child = forkChild("receiver-process.mjs", [String(delayMs)]);
      const [port] = await once(child, "message");
      const url = `http://127.0.0.1:${port}/`;
      return {
        url,
        state: async () => (await fetch(url)).json(),
        arrivals: async () => (await (await fetch(`${url}arrivals`)).json()).arrivals,
        /** Resolves when the receiver says that so many came in all. */
        async nextCount(count, timeoutMs = 120_000) {
          child.send(count);
          const signal = AbortSignal.timeout(timeoutMs);
          for await (const [message] of on(child, "message", { signal })) {
            if (message.count === count) return;
          }
        },
      };
    },

    async startWorker(leaseMs) {
      const child = forkChild("worker-process.mjs", [postgres.url, APP_SECRET, String(leaseMs)]);
      await once(child, "message");
      return child;
    },

    async openProject({ db } = database) {
      const { project } = await createProject(db, Date.now, { name: "Bench" });
      return project.id;
    },

    openEndpoint(projectId, url, { db = database.db, ...more } = {}) {
      const policy = { isPrivateAllowed: true, allowedHosts: [] };
      return createEndpoint(
        { db, clock: Date.now, appSecret: APP_SECRET, policy },
        { projectId, url, description: "", types: [], ...more },
      );
    },

    openLoop(own = database) {
      return createDeliveryLoop({
        database: own,
        clock: Date.now,
        appSecret: APP_SECRET,
        logger: createLogger("silent"),
        isPrivateAllowed: true,
        allowedHosts: [],
      });
    },

    /** Messages with a pending delivery each, written at once: publishing is not what is measured. */
    async queue(projectId, endpointId, { count, sql = database.sql }) {
      await sql`
        WITH message AS (
          INSERT INTO webhook_messages (project_id, id, type, account_id, sequence, body, created_at)
          SELECT ${projectId}::uuid, gen_random_uuid(), 'account.score_changed', 'account-' || n, 1,
            ${BODY}, now()
          FROM generate_series(1, ${count}::int) AS n RETURNING id, created_at
        )
        INSERT INTO webhook_deliveries (project_id, id, message_id, endpoint_id, status,
          next_attempt_at, created_at)
        SELECT ${projectId}::uuid, gen_random_uuid(), id, ${endpointId}::uuid, 'pending', created_at,
          created_at FROM message`;
      await sql`ANALYZE webhook_messages`;
      await sql`ANALYZE webhook_deliveries`;
    },

    async close() {
      for (let step = undo.pop(); step; step = undo.pop()) await step();
    },
  };
}
