import { openAlert } from "../src/alerts/open-alert.ts";
import { TIER_RULE } from "../src/alerts/rule.ts";
import type { Database } from "../src/db/client.ts";
import { openProject } from "./project.ts";

/** Where the clock of {@link openAlerts} stands, in milliseconds since the epoch. */
export const NOW = Date.parse("2026-11-01T12:00:00Z");
export const DAY = 86_400_000;
export const iso = (ms: number) => new Date(ms).toISOString();

/** A project with accounts, and alerts of them. */
export async function openAlerts(database: Database) {
  const time = { now: NOW };
  const project = await openProject(database, () => time.now);
  const { sql } = database;
  const { projectId } = project;
  const account = (id: string) => sql`
    INSERT INTO accounts (project_id, account_id, name, created_at, first_seen_at, last_seen_at)
    VALUES (${projectId}, ${id}, ${id}, ${iso(NOW - 400 * DAY)}::timestamptz,
      ${iso(NOW)}::timestamptz, ${iso(NOW)}::timestamptz)`;
  return {
    ...project,
    time,
    account,
    async alert(id: string, at = time.now) {
      const health = {
        accountId: id,
        score: 30,
        tier: "critical",
        confidence: 1,
        coverage: 1,
        band: null,
        baseline: 60,
        asOf: iso(at),
        modelVersion: "m",
        normsVersion: "n",
        components: [],
        drivers: [],
        change: { days7: null, days30: null },
        sequence: 1,
      } as const;
      const change = {
        projectId,
        account: { id, name: id, externalIds: {} },
        previous: { score: 80, tier: "healthy" as const },
        current: { ...health, components: [], drivers: [] },
        link: "http://127.0.0.1/x",
        at: iso(at),
      };
      await sql.begin((tx) =>
        openAlert(tx, change, { rule: TIER_RULE, level: "outreach", summary: `${id} fell` }),
      );
      const { body } = await project.call("GET", `/v1/alerts?accountId=${id}`);
      return body.data[0] as { id: string; status: string };
    },
  };
}
