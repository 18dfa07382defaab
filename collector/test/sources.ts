import { expect } from "vitest";
import type { Database } from "../src/db/client.ts";
import { openProject } from "./project.ts";

/** Where the clock of {@link openSource} stands, in milliseconds since the epoch. */
export const NOW = Date.parse("2026-11-01T12:00:00Z");
export const SECRET = "shared-secret-of-the-vendor";

/** A project with an account that vendors know, and a source of signals. */
export async function openSource(database: Database, kind: string, more: object = {}) {
  const time = { now: NOW };
  const project = await openProject(database, () => time.now);
  const { sql } = database;
  const { projectId } = project;
  await sql`
    INSERT INTO accounts (project_id, account_id, external_ids, created_at, first_seen_at,
      last_seen_at)
    VALUES (${projectId}, 'acme', '{"zendesk":"42","hubspot":"9001","stripe":"cus_1"}', now(),
      now(), now())`;
  await sql`
    INSERT INTO users (project_id, user_id, account_id, first_seen_at, last_seen_at)
    VALUES (${projectId}, 'ada', 'acme', now(), now())`;
  const created = await project.call("POST", "/v1/sources", {
    kind,
    name: kind,
    secret: SECRET,
    ...more,
  });
  expect(created.status).toBe(201);
  const { id, secret } = created.body;
  const send = async (body: string, headers: Record<string, string>) => {
    const response = await project.app.request(`/v1/in/${id}`, { method: "POST", body, headers });
    return { status: response.status, body: await response.json() };
  };
  return {
    ...project,
    time,
    id,
    secret,
    send,
    observations: () => sql`
      SELECT account_id, series, value FROM observations WHERE project_id = ${projectId}
      ORDER BY series, observed_at`,
    outcomes: () => sql`SELECT kind, value FROM outcomes WHERE project_id = ${projectId}`,
    responses: () => sql`
      SELECT measure, value, value_100, text FROM survey_responses WHERE project_id = ${projectId}`,
    heartbeat: async () => (await project.call("GET", "/v1/sources")).body.data[0],
  };
}
