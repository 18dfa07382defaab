import { capAccounts } from "../src/accounts/account-cap.ts";
import { createHttp } from "../src/app.ts";
import type { Database } from "../src/db/client.ts";
import { createProofCounts } from "../src/identity/proof-counts.ts";
import { createIngestion } from "../src/ingest/create-ingestion.ts";
import type { HttpInterface } from "../src/listen.ts";
import { createLogger } from "../src/logger.ts";
import type { ArrivalCounts } from "../src/operations/arrival-counts.ts";
import { createProject } from "../src/projects/create-project.ts";
import { createKeyRing } from "../src/projects/key-ring.ts";
import { createReopenTurn } from "../src/scores/reopen-loop.ts";
import { createRescoreTurn } from "../src/scores/rescore-loop.ts";

export const DAY_MS = 86_400_000;

/** A collector without a port, on a test database, with a clock that the test moves. */
export interface TestCollector {
  projectId: string;
  writeKey: string;
  secretKey: string;
  app: HttpInterface["app"];
  http: HttpInterface;
  /** Milliseconds since the epoch; assign to move time. */
  now: number;
  clock: () => number;
  /** A request with the secret key; a body is sent as JSON. */
  call(method: string, path: string, body?: unknown): Promise<Response>;
  /** Sends messages to `/v1/batch` with the secret key; throws unless all are good. */
  send(...messages: Record<string, unknown>[]): Promise<void>;
  /** Writes the counts that wait in memory. */
  flush(): Promise<void>;
  /** Rescores whatever is queued. */
  settle(): Promise<void>;
}

/** Makes a project of its own, so that tests of one file do not see each other's rows. */
export async function createTestCollector(
  database: Database,
  options: {
    now?: number;
    timeZone?: string;
    settings?: Record<string, unknown>;
    arrivals?: ArrivalCounts;
  } = {},
): Promise<TestCollector> {
  let now = options.now ?? Date.parse("2026-06-15T12:00:00Z");
  const clock = () => now;
  const { project, writeKey, secretKey } = await createProject(database.db, clock, {
    name: "Test",
    ...(options.timeZone !== undefined && { timeZone: options.timeZone }),
    ...(options.settings !== undefined && { settings: options.settings }),
  });
  const logger = createLogger("silent");
  // A test that needs the counts writes them itself, and is told of faults then.
  const proofCounts = createProofCounts(database.sql, clock, () => {});
  const publicUrl = "http://telltale.test";
  const http = createHttp({
    database,
    keyRing: createKeyRing(database.db, clock),
    eventWriter: capAccounts(
      createIngestion(database.sql, clock, { bulk: database.bulk }),
      database.sql,
      { clock },
    ),
    logger,
    clock,
    publicUrl,
    appSecret: "a secret of at least thirty-two characters",
    proofCounts,
    ...(options.arrivals && { arrivals: options.arrivals }),
  });
  const { app } = http;
  const call: TestCollector["call"] = async (method, path, body) =>
    app.request(path, {
      method,
      headers: { authorization: `Bearer ${secretKey}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  return {
    projectId: project.id,
    writeKey,
    secretKey,
    app,
    http,
    get now() {
      return now;
    },
    set now(ms) {
      now = ms;
    },
    clock,
    call,
    async send(...messages) {
      const response = await call("POST", "/v1/batch", { batch: messages });
      const answer = await response.text();
      if (response.status !== 200 || !answer.includes('"rejected":[]')) {
        throw new Error(`the batch was not taken whole: ${response.status} ${answer}`);
      }
    },
    flush: () => proofCounts.flush(),
    async settle() {
      const deps = { sql: database.sql, clock, logger, publicUrl };
      const rescore = createRescoreTurn(deps);
      while (await isQueued(database)) await rescore();
      const reopen = createReopenTurn(deps);
      while (await reopen());
    },
  };
}

async function isQueued(database: Database): Promise<boolean> {
  const rows = await database.sql`SELECT 1 FROM rescore_queue LIMIT 1`;
  return rows.length > 0;
}
