import { expect, it } from "vitest";
import { openAlerts } from "../../test/alerts.ts";
import { useTestDatabase } from "../../test/database.ts";
import { findWaiting } from "../../test/find-waiting.ts";
import type { SqlQueryable } from "../db/client.ts";
import { followTier } from "./follow-tier.ts";
import { ensureRules } from "./rules.ts";
import { runRules } from "./run-rules.ts";
import { tendAlerts } from "./tend-alerts.ts";

const test = useTestDatabase();
/** A lock is looked for longer than a busy machine takes. */
const PATIENT = { timeout: 10_000 };

// Each touches many alerts in an order of its own: two at once would wait for each other in a circle.
it.each([
  ["the rules", "acme", "beta", "open"],
  ["the rules", "beta", "acme", "open"],
  ["who wakes snoozed alerts", "acme", "beta", "snoozed"],
  ["who wakes snoozed alerts", "beta", "acme", "snoozed"],
])("%s wait for a score that ends the alert of %s, and hold none of %s", async (...given) => {
  const [who, first, second, status] = given;
  const { sql } = test.database;
  const { projectId, account, alert, time } = await openAlerts(test.database);
  const at = new Date(time.now).toISOString();
  const health = { score: 90, tier: "healthy", drivers: [], sequence: 2 };
  await ensureRules(sql, projectId, at);
  for (const id of ["acme", "beta"]) {
    await account(id);
    await alert(id);
    await sql`
      INSERT INTO account_health (project_id, account_id, score, tier, tier_state, tier_since, as_of,
        sequence)
      VALUES (${projectId}, ${id}, 90, 'healthy', '{}', ${at}, ${at}, 2)`;
    await sql`
      INSERT INTO scores (project_id, account_id, day, score, tier, confidence, coverage, as_of,
        model_version, norms_version, input_hash, sequence, detail)
      VALUES (${projectId}, ${id}, ${at.slice(0, 10)}::text::date, 90, 'healthy', 1, 1, ${at}, 'm',
        'n', '', 2, ${JSON.stringify({ accountId: id, ...health })}::text::jsonb)`;
  }
  await sql`
    UPDATE alerts SET status = ${status}, snoozed_until = ${at} WHERE project_id = ${projectId}`;
  const deps = { sql, publicUrl: "http://127.0.0.1:4700" };
  const project = { id: projectId, name: "Test", timeZone: "UTC", settings: {} };
  const end = (tx: SqlQueryable, id: string) =>
    followTier(tx, {
      projectId,
      account: { id, name: id, externalIds: {} },
      previous: { score: 30, tier: "critical" },
      current: { ...health, accountId: id } as never,
      link: "",
      at,
    });
  let other: Promise<unknown> | undefined;
  await sql.begin(async (tx) => {
    await end(tx, first as string);
    const [{ pid } = { pid: 0 }] = await tx<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    other =
      who === "the rules"
        ? runRules(deps, project, time.now)
        : tendAlerts(deps, projectId, time.now);
    await expect.poll(() => findWaiting(sql, pid), PATIENT).toHaveLength(1);
    const free = await tx`
      SELECT 1 FROM alerts WHERE project_id = ${projectId} AND account_id = ${second as string}
      FOR UPDATE NOWAIT`;
    expect(free).toHaveLength(1);
    await end(tx, second as string);
  });
  await other;
  expect(
    await sql`SELECT 1 FROM alerts WHERE project_id = ${projectId} AND status = 'resolved'`,
  ).toHaveLength(2);
});
