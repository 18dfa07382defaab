import { afterEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { START, useDeliveries } from "../../test/deliveries.ts";
import type { Sql } from "../db/client.ts";
import { createLogger } from "../logger.ts";
import { createQueueClearer, type QueueClearer } from "./queue-clearer.ts";

const test = useTestDatabase();
const use = useDeliveries(test);

const countByStatus = (endpointId: string) => test.database.sql<{ status: string; n: number }[]>`
  SELECT status, count(*)::int AS n FROM webhook_deliveries WHERE endpoint_id = ${endpointId}
  GROUP BY 1 ORDER BY 1`;

/** An endpoint with a long queue that answers 410. */
async function openGone(clock: () => number, count: number) {
  const gone = await use.receiver((response) => response.writeHead(410).end());
  const project = await use.openProject(clock);
  const endpoint = await use.endpointFor(project, gone.url);
  await test.database.sql.begin(async (tx) => {
    const message = await use.publish(project.projectId);
    await tx`
      INSERT INTO webhook_deliveries (project_id, id, message_id, endpoint_id, status,
        next_attempt_at, created_at)
      SELECT ${project.projectId}::uuid, gen_random_uuid(), ${message}::uuid, ${endpoint.id}::uuid,
        'pending', ${new Date(START).toISOString()}::timestamptz, now()
      FROM generate_series(1, ${count - 1}::int)`;
  });
  return { project, endpoint, gone };
}

const failEndpoint = (id: string) => test.database.sql`
  UPDATE webhook_endpoints SET status = 'disabled', disabled_reason = 'It failed.'
  WHERE id = ${id}`;

describe("the queue of a disabled endpoint", () => {
  const opened: QueueClearer[] = [];
  const openClearer = (sql: Sql): QueueClearer => {
    const logger = createLogger("silent");
    const clearer = createQueueClearer(sql, { clock: () => START, logger, everyMs: 30 });
    opened.push(clearer);
    return clearer;
  };

  afterEach(async () => {
    for (const clearer of opened.splice(0)) await clearer.stop();
  });

  it("is given up in portions, without a request more", async () => {
    const { clock, loop } = use.openLoop();
    const { endpoint, gone, project } = await openGone(clock, 1_200);
    await loop.tick();
    expect(await countByStatus(endpoint.id)).toEqual([{ status: "failed", n: 1_200 }]);
    expect(gone.received).toHaveLength(1);
    const [last] = await use.log(project, endpoint.id);
    expect(last.failureReason).toMatch(/^(gone|endpoint_disabled)$/);
  });

  it("is given up by the next process when one stopped halfway", async () => {
    const { clock, loop } = use.openLoop();
    const { endpoint } = await openGone(clock, 5);
    await failEndpoint(endpoint.id);
    loop.start();
    await expect.poll(() => countByStatus(endpoint.id)).toEqual([{ status: "failed", n: 5 }]);
  });

  it("waits for the endpoint where a person disabled it", async () => {
    const { clock } = use.openLoop();
    const { endpoint, project } = await openGone(clock, 5);
    const path = `/v1/webhook-endpoints/${endpoint.id}`;
    await project.call("PATCH", path, { status: "disabled" });
    const clearer = openClearer(test.database.sql);
    clearer.start();
    await clearer.idle();
    expect(await countByStatus(endpoint.id)).toEqual([{ status: "pending", n: 5 }]);
  });

  it("is given up although a fault ended the clearing", async () => {
    const { clock } = use.openLoop();
    const { endpoint } = await openGone(clock, 5);
    await failEndpoint(endpoint.id);
    let faults = 2;
    const faulty = new Proxy(test.database.sql, {
      apply(target, self, args) {
        if (faults > 0) {
          faults -= 1;
          return Promise.reject(new Error("away"));
        }
        return Reflect.apply(target, self, args);
      },
    });
    const clearer = openClearer(faulty);
    clearer.clear(endpoint.id);
    clearer.start();
    await expect.poll(() => countByStatus(endpoint.id)).toEqual([{ status: "failed", n: 5 }]);
  });

  it("is given up to the last row, though somebody held one", async () => {
    const { clock } = use.openLoop();
    const { endpoint } = await openGone(clock, 5);
    await failEndpoint(endpoint.id);
    const clearer = openClearer(test.database.sql);
    await test.database.sql.begin(async (tx) => {
      await tx`
        SELECT FROM webhook_deliveries WHERE endpoint_id = ${endpoint.id} LIMIT 1 FOR UPDATE`;
      clearer.start();
      await clearer.idle();
      expect(await countByStatus(endpoint.id)).toEqual([
        { status: "failed", n: 4 },
        { status: "pending", n: 1 },
      ]);
    });
    await expect.poll(() => countByStatus(endpoint.id)).toEqual([{ status: "failed", n: 5 }]);
  });
});
