import { expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { openProject } from "../../test/project.ts";
import { publishMessage } from "./publish-message.ts";
import { retireMessages } from "./retire-messages.ts";

const test = useTestDatabase();
const NOW = Date.parse("2026-11-01T00:00:00Z");
const DAY = 86_400_000;

it("removes messages after 90 days with all that hangs on them, but never what is still to be sent", async () => {
  const { sql } = test.database;
  const policy = { isPrivateAllowed: true, allowedHosts: [] };
  const project = await openProject(test.database, () => NOW, policy);
  const { projectId } = project;
  await project.call("POST", "/v1/webhook-endpoints", { url: "http://127.0.0.1:9/" });
  const publish = (daysAgo: number) =>
    publishMessage(sql, {
      projectId,
      type: "ping",
      accountId: "",
      sequence: null,
      data: { schemaVersion: 1 },
      at: new Date(NOW - daysAgo * DAY).toISOString(),
    });
  const [old, stuck, recent] = [await publish(91), await publish(91), await publish(89)];
  await sql`
    UPDATE webhook_deliveries SET status = 'succeeded', attempt_count = 1
    WHERE project_id = ${projectId} AND message_id <> ${stuck}`;
  await sql`
    INSERT INTO webhook_attempts (project_id, delivery_id, attempt, started_at, duration_ms)
    SELECT project_id, id, 1, created_at, 5 FROM webhook_deliveries
    WHERE project_id = ${projectId} AND message_id <> ${stuck}`;
  const retire = (retentionDays: number | null) =>
    retireMessages(sql, projectId, { retentionDays, now: NOW });
  expect(await retire(null)).toBe(1);
  const left = await sql`
    SELECT message.id, count(attempt.attempt)::int AS attempts FROM webhook_messages AS message
    JOIN webhook_deliveries AS delivery ON delivery.message_id = message.id
    LEFT JOIN webhook_attempts AS attempt ON attempt.delivery_id = delivery.id
    WHERE message.project_id = ${projectId} GROUP BY message.id ORDER BY message.id`;
  expect(left).toEqual([
    { id: stuck, attempts: 0 },
    { id: recent, attempts: 1 },
  ]);
  expect(left.map(({ id }) => id)).not.toContain(old);
  expect(await sql`SELECT 1 FROM webhook_attempts WHERE project_id = ${projectId}`).toHaveLength(1);
  expect(await retire(30)).toBe(1);
  expect(await retire(30)).toBe(0);
});
