import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { joinProject, visit } from "../../test/dashboard-visitor.ts";
import { useTestDatabase } from "../../test/database.ts";
import { addSurvey } from "../../test/surveys.ts";

const opened = useTestDatabase();
const MARK = "belongs-to-others";
let ours: TestCollector;
let theirs: TestCollector;
let admin: string;

/** Something of every kind that the dashboard has a page or a button for. */
async function fillTheirs(): Promise<void> {
  const { call, send, settle, projectId } = theirs;
  const { sql } = opened.database;
  await send({ type: "group", groupId: MARK, userId: MARK, traits: { name: MARK } });
  await settle();
  await call("POST", "/v1/batch", { batch: [{ type: MARK }] });
  const made = [
    await call("POST", "/v1/alert-rules", {
      key: MARK,
      name: MARK,
      trigger: { kind: "drop", points: 15, days: 7 },
      level: "monitor",
    }),
    await call("PUT", `/v1/playbooks/${MARK}`, {
      name: MARK,
      ownerRole: "cs_lead",
      dueHours: 1,
      steps: [MARK],
      message: MARK,
    }),
    await call("POST", "/v1/webhook-endpoints", {
      url: "https://example.com/hook",
      types: ["alert.opened"],
    }),
  ];
  await addSurvey(theirs, MARK);
  for (const answer of made) {
    if (!answer.ok) throw new Error(`${answer.url}: ${await answer.text()}`);
  }
  await sql`
    INSERT INTO alerts (project_id, account_id, id, rule, level, status, summary, opened_at, updated_at)
    VALUES (${projectId}, ${MARK}, gen_random_uuid(), ${MARK}, 'monitor', 'open', ${MARK}, now(), now())`;
  await sql`
    INSERT INTO model_versions (project_id, version, status, document, author, rationale, created_at)
    SELECT project_id, ${MARK}, 'draft', document, ${MARK}, ${MARK}, now() FROM model_versions
    WHERE project_id = ${projectId} LIMIT 1`;
  await sql`
    INSERT INTO saved_views (project_id, id, name, query, created_by, created_at)
    VALUES (${projectId}, gen_random_uuid(), ${MARK}, '?q=x', ${MARK}, now())`;
  await joinProject(theirs, opened.database, "viewer");
}

/** Every id of the other project, whatever it names. */
async function readIds(): Promise<string[]> {
  const { sql } = opened.database;
  const columns = await sql<{ table: string; column: string }[]>`
    SELECT c.relname AS table, a.attname AS column FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND a.attname IN ('id', 'account_id', 'user_id', 'member_id', 'version', 'message_id', 'endpoint_id')
      AND EXISTS (SELECT 1 FROM pg_attribute p WHERE p.attrelid = c.oid AND p.attname = 'project_id')`;
  const ids = new Set([MARK]);
  for (const { table, column } of columns) {
    const rows = await sql<{ id: string }[]>`
      SELECT DISTINCT ${sql(column)}::text AS id FROM ${sql(table)}
      WHERE project_id = ${theirs.projectId} LIMIT 3`;
    for (const { id } of rows) if (id) ids.add(id);
  }
  // What every project has under the same name is nobody's secret.
  return [...ids].filter((id) => id !== "default.1");
}

/** All that the other project has, as one number. */
async function fingerprint(): Promise<string> {
  const { sql } = opened.database;
  const tables = ["alerts", "alert_rules", "playbooks", "surveys", "webhook_endpoints", "api_keys"];
  tables.push("saved_views", "memberships", "model_versions", "accounts", "rejected_messages");
  let sum = "";
  for (const table of tables) {
    const [row] = await sql`
      SELECT md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) AS sum
      FROM ${sql(table)} t WHERE project_id = ${theirs.projectId}`;
    sum += row?.sum;
  }
  return sum;
}

beforeAll(async () => {
  ours = await createTestCollector(opened.database);
  theirs = await createTestCollector(opened.database);
  await fillTheirs();
  admin = await joinProject(ours, opened.database, "admin");
});

describe("an admin of one project", () => {
  it("finds nothing of another under any id, on any page, and changes nothing", {
    timeout: 60_000,
  }, async () => {
    const ids = await readIds();
    expect(ids.length).toBeGreaterThan(8);
    const before = await fingerprint();
    const routes = ours.app.routes.filter(
      ({ method, path }) =>
        ["GET", "POST"].includes(method) &&
        path.startsWith("/dashboard/") &&
        path.includes(":") &&
        !path.includes("/assets/"),
    );
    const seen = new Set<string>();
    const wrong: string[] = [];
    for (const { method, path } of routes) {
      if (seen.has(`${method} ${path}`)) continue;
      seen.add(`${method} ${path}`);
      for (const id of ids) {
        const asked = path.replaceAll(/:[a-zA-Z]+/g, encodeURIComponent(id));
        const answer = await visit(ours, asked, {
          cookie: admin,
          ...(method === "POST" && {
            form: { name: "x", enable: "1", outcome: "fixed", status: "live" },
          }),
        });
        const text = await answer.text();
        const isClosed = answer.status === 404 || answer.status === 403;
        if (!isClosed) wrong.push(`${method} ${asked}: ${answer.status}`);
        if (text.replaceAll(asked, "").includes(MARK) && id !== MARK) wrong.push(`${asked} leaked`);
      }
    }
    expect(seen.size).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
    expect(await fingerprint()).toBe(before);
  });

  it("finds no account of another in a scenario, a playbook or a switch of projects", async () => {
    const get = (path: string) => visit(ours, path, { cookie: admin });
    expect((await get(`/dashboard/model/scenario?account=${MARK}`)).status).toBe(404);
    const preview = `/dashboard/alerts/playbooks/adoption_gap?account=${MARK}`;
    expect(await (await get(preview)).text()).not.toContain(MARK);
    expect((await get(`/dashboard?project=${theirs.projectId}`)).status).toBe(404);
  });
});
