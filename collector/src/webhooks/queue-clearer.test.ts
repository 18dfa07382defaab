import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { START, useDeliveries } from "../../test/deliveries.ts";

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

describe("the queue of a disabled endpoint", () => {
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
    await test.database.sql`
      UPDATE webhook_endpoints SET status = 'disabled', disabled_reason = 'It failed.'
      WHERE id = ${endpoint.id}`;
    loop.start();
    await expect.poll(() => countByStatus(endpoint.id)).toEqual([{ status: "failed", n: 5 }]);
  });

  it("waits for the endpoint where a person disabled it", async () => {
    const { clock, loop } = use.openLoop();
    const { endpoint, project } = await openGone(clock, 5);
    const path = `/v1/webhook-endpoints/${endpoint.id}`;
    await project.call("PATCH", path, { status: "disabled" });
    loop.start();
    await loop.stop();
    expect(await countByStatus(endpoint.id)).toEqual([{ status: "pending", n: 5 }]);
  });
});
