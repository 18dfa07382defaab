import type { Tier } from "@telltale/protocol";
import { ensureRules } from "../src/alerts/rules.ts";
import { runRules } from "../src/alerts/run-rules.ts";
import { tendAlerts } from "../src/alerts/tend-alerts.ts";
import type { Database } from "../src/db/client.ts";
import { openProject } from "./project.ts";

/** Where the fake clock of {@link openRules} starts, in milliseconds since the epoch. */
export const START = Date.parse("2026-06-01T12:00:00Z");
export const DAY = 86_400_000;
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** A project with the default alert rules, whose days pass when a test says so. */
export async function openRules(database: Database) {
  const time = { now: START };
  const project = await openProject(database, () => time.now);
  const { sql } = database;
  const { projectId } = project;
  const deps = { sql, publicUrl: "http://127.0.0.1:4700" };
  const projectRow = { id: projectId, name: "Test", timeZone: "UTC", settings: {} };
  await ensureRules(sql, projectId, new Date(START).toISOString());
  return {
    ...project,
    time,
    async account(id: string, createdDaysAgo = 300) {
      const at = new Date(START - createdDaysAgo * DAY).toISOString();
      await sql`
        INSERT INTO accounts (project_id, account_id, name, created_at, first_seen_at, last_seen_at)
        VALUES (${projectId}, ${id}, ${id.toUpperCase()}, ${at}::timestamptz, ${at}::timestamptz,
          ${at}::timestamptz)`;
    },
    async score(id: string, score: number, tier: Tier = "healthy", driver = "usage") {
      const drivers = [
        {
          key: driver,
          kind: "component",
          label: driver,
          contribution: -9,
          sentence: `${driver} −9`,
        },
      ];
      const detail = JSON.stringify({ accountId: id, score, tier, drivers, sequence: 1 });
      await sql`
        INSERT INTO scores (project_id, account_id, day, score, tier, confidence, coverage, as_of,
          model_version, norms_version, input_hash, sequence, detail)
        VALUES (${projectId}, ${id}, ${dayOf(time.now)}::text::date, ${score}, ${tier}, 1, 1,
          ${new Date(time.now).toISOString()}::timestamptz, 'm', 'n', '', 1, ${detail}::text::jsonb)
        ON CONFLICT (project_id, account_id, day) DO UPDATE SET score = excluded.score,
          tier = excluded.tier, detail = excluded.detail`;
      await sql`
        INSERT INTO account_health (project_id, account_id, score, tier, tier_state, tier_since,
          as_of, sequence)
        VALUES (${projectId}, ${id}, ${score}, ${tier}, '{}', now(), now(), 1)
        ON CONFLICT DO NOTHING`;
    },
    async use(id: string, event: string, subject: string, count = 1) {
      await sql`
        INSERT INTO daily_usage (project_id, account_id, day, user_id, event, subject, count,
          engaged_ms, last_at)
        VALUES (${projectId}, ${id}, ${dayOf(time.now)}::text::date, 'u', ${event}, ${subject},
          ${count}, 0, now()) ON CONFLICT DO NOTHING`;
    },
    enable: (key: string, more: object = {}) =>
      project.call("PATCH", `/v1/alert-rules/${key}`, { isEnabled: true, ...more }),
    run: () => runRules(deps, projectRow, time.now),
    tend: () => tendAlerts(deps, projectId, time.now),
    pass: (days: number) => {
      time.now += days * DAY;
    },
    alerts: async (query = "") => (await project.call("GET", `/v1/alerts${query}`)).body.data,
    messages: async () => {
      const rows = await sql<{ type: string; body: string }[]>`
        SELECT type, body FROM webhook_messages WHERE project_id = ${projectId}
        ORDER BY created_at, id`;
      return rows.map((row) => JSON.parse(row.body));
    },
  };
}
