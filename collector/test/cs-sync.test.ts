import { serve } from "@hono/node-server";
import { createSync, prepare } from "@telltale/example-cs-sync";
import type { AccountHealth, Tier } from "@telltale/protocol";
import { expect, it } from "vitest";
import { onScoreWritten } from "../src/alerts/on-score-written.ts";
import { createLogger } from "../src/logger.ts";
import { createDeliveryLoop } from "../src/webhooks/delivery-loop.ts";
import { useTestDatabase } from "./database.ts";
import { APP_SECRET, openProject } from "./project.ts";

const test = useTestDatabase();
const OPEN = { isPrivateAllowed: true, allowedHosts: [] };
const ACCOUNTS = ["acme", "beta", "gamma"];
const tierOf = (score: number): Tier =>
  score >= 70 ? "healthy" : score >= 40 ? "at_risk" : "critical";

/** Scores go down and up again, each change with its messages, as the collector commits them. */
function walkOf(account: number): number[] {
  return [88, 74 - account, 61, 35 + account, 52, 44, 78 + account];
}

it("keeps its table right when answers are lost, messages come late and a span is replayed", async () => {
  const { sql } = test.database;
  await prepare(sql);
  // The signatures' timestamps are checked against the receiver's clock, so attempts are made now
  // and retries are brought forward instead of waited for.
  const project = await openProject(test.database, Date.now, OPEN);
  const { projectId } = project;
  let consumer: ReturnType<typeof createSync> | undefined;
  const lost = { count: 0, until: 40 };
  const server = serve({
    port: 0,
    hostname: "127.0.0.1",
    // Every second message is taken in, and then the answer is lost: the worst of both.
    fetch: async (request) => {
      const answer = await (consumer as ReturnType<typeof createSync>).fetch(request);
      lost.count += 1;
      const isLost = lost.count <= lost.until && lost.count % 2 === 0;
      return isLost ? new Response("gone", { status: 503 }) : answer;
    },
  });
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const { body: endpoint } = await project.call("POST", "/v1/webhook-endpoints", {
    url: `http://127.0.0.1:${port}/webhooks`,
  });
  consumer = createSync({ sql, secret: endpoint.secret });
  for (const id of ACCOUNTS) {
    await sql`
      INSERT INTO accounts (project_id, account_id, name, created_at, first_seen_at, last_seen_at)
      VALUES (${projectId}, ${id}, ${id}, now(), now(), now())`;
  }
  const walks = ACCOUNTS.map((_, n) => walkOf(n));
  for (let step = 0; step < walkOf(0).length; step++) {
    for (const [n, accountId] of ACCOUNTS.entries()) {
      const [before, score] = [walks[n]?.[step - 1], walks[n]?.[step] ?? 0];
      const at = new Date().toISOString();
      await sql.begin((tx) =>
        onScoreWritten(tx, {
          projectId,
          account: { id: accountId, name: accountId, externalIds: {} },
          previous: before === undefined ? null : { score: before, tier: tierOf(before) },
          current: { ...healthOf(accountId, score, at), sequence: step + 1 },
          link: "",
          at,
        }),
      );
    }
  }
  // Each tick is a process that starts anew, so that no pause of the one before holds it up.
  async function deliver(): Promise<void> {
    for (let tick = 0; tick < 200; tick++) {
      // The order of the queue is shuffled, and everything is due.
      await sql`
        UPDATE webhook_deliveries SET next_attempt_at = now() - random() * interval '1 minute'
        WHERE project_id = ${projectId} AND status = 'pending'`;
      const loop = createDeliveryLoop({
        database: test.database,
        clock: Date.now,
        appSecret: APP_SECRET,
        logger: createLogger("silent"),
        ...OPEN,
      });
      const tried = await loop.tick();
      await loop.stop();
      if (tried === 0) return;
    }
  }
  const copy = async () => (await consumer?.request("/accounts"))?.json();

  await deliver();
  const once = await copy();
  expect(once.accounts).toEqual(
    ACCOUNTS.map((accountId, n) => ({
      accountId,
      name: accountId,
      score: walks[n]?.at(-1),
      tier: "healthy",
      sequence: 7,
    })),
  );
  expect(once.tasks.map(({ accountId }: { accountId: string }) => accountId).sort()).toEqual(
    ACCOUNTS,
  );
  expect(once.tasks.every(({ status }: { status: string }) => status === "resolved")).toBe(true);
  const first = lost.count;
  expect(first).toBeGreaterThan(lost.until);

  const { body } = await project.call("POST", `/v1/webhook-endpoints/${endpoint.id}/replay`, {
    from: new Date(Date.now() - 3_600_000).toISOString(),
    status: "all",
  });
  expect(body.queued).toBeGreaterThan(20);
  await deliver();
  expect(lost.count).toBeGreaterThanOrEqual(first + body.queued);
  expect(await copy()).toEqual(once);
  await new Promise((resolve) => server.close(resolve));
});

function healthOf(accountId: string, score: number, asOf: string): AccountHealth {
  return {
    accountId,
    score,
    tier: tierOf(score),
    confidence: 1,
    coverage: 1,
    band: [score, score],
    baseline: 60,
    asOf,
    modelVersion: "m",
    normsVersion: "n",
    components: [],
    drivers: [],
    change: { days7: null, days30: null },
    sequence: 0,
  };
}
