import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../../test/collector.ts";
import { signOwnerIn, visit } from "../../../test/dashboard-visitor.ts";
import { useTestDatabase } from "../../../test/database.ts";

const opened = useTestDatabase();
const PLAYBOOKS = "/dashboard/alerts/playbooks";
const FORM = {
  name: "Call them",
  ownerRole: "cs_lead",
  dueHours: "12",
  steps: "Read the answers\n\n Call the champion \n",
  message: '{{ accountName }} is {{ tier }}, says {{ drivers | "nobody" }}',
  pattern: "",
  exit: "score",
  exitScore: "75",
};
let collector: TestCollector;
let owner: string;

const get = async (path: string) => (await visit(collector, path, { cookie: owner })).text();
const post = (path: string, form: Record<string, string>) =>
  visit(collector, path, { cookie: owner, form });

beforeAll(async () => {
  collector = await createTestCollector(opened.database);
  owner = await signOwnerIn(collector, opened.database);
  await collector.send({
    type: "group",
    groupId: "acme",
    userId: "u",
    traits: { name: "Acme & Co" },
  });
  await collector.settle();
  await opened.database.sql`
    UPDATE account_health SET score = 31, tier = 'critical' WHERE account_id = 'acme'`;
});

describe("a playbook on the dashboard", () => {
  it("shows its message filled for a real account while it is written", async () => {
    const page = await get(`${PLAYBOOKS}/new?${new URLSearchParams({ ...FORM, preview: "1" })}`);
    expect(page).toContain("For Acme &amp; Co");
    expect(page).toMatch(/<pre>Acme &amp; Co is [a-z ]+, says nobody<\/pre>/);
    expect(page).toContain("<span>Call the champion</span>");
  });

  it("shows the message as it is when the tier has changed, however long ago that was", async () => {
    const { sql } = opened.database;
    await sql`
      UPDATE scores SET tier = 'critical', detail = detail || '{"tier": "critical", "score": 31}'
      WHERE account_id = 'acme'`;
    const ask = async () =>
      get(
        `${PLAYBOOKS}/new?${new URLSearchParams({
          ...FORM,
          message: "{{ previousTier }} ({{ previousScore }}) to {{ tier }}",
          preview: "1",
        })}`,
      );
    expect(await ask()).toContain("<pre>unknown (no score) to critical</pre>");
    await sql`
      INSERT INTO scores (project_id, account_id, day, score, tier, confidence, coverage, as_of,
        model_version, norms_version, input_hash, sequence, detail)
      SELECT project_id, account_id, day - n, CASE n WHEN 1 THEN 33 ELSE 80 END,
        CASE n WHEN 1 THEN 'critical' ELSE 'healthy' END, confidence, coverage, as_of,
        model_version, norms_version, input_hash, sequence, detail
      FROM scores, generate_series(1, 2) n WHERE account_id = 'acme'`;
    expect(await ask()).toContain("<pre>healthy (80 of 100) to critical</pre>");
  });

  it("is kept with its steps, role, time and end", async () => {
    const saved = await post(PLAYBOOKS, FORM);
    expect(saved.headers.get("location")).toBe(`${PLAYBOOKS}/call_them?said=saved`);
    expect(await (await collector.call("GET", "/v1/playbooks/call_them")).json()).toMatchObject({
      ownerRole: "cs_lead",
      dueHours: 12,
      steps: ["Read the answers", "Call the champion"],
      exit: { kind: "score", atLeast: 75 },
    });
    expect((await post(PLAYBOOKS, FORM)).status).toBe(400);
  });

  it("names what a template can't fill", async () => {
    const answer = await post(`${PLAYBOOKS}/call_them`, { ...FORM, message: "{{ nome }}" });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("{{ nome }} is not one of accountName");
  });

  it("takes the place of a built-in one, which comes back when it goes", async () => {
    await post(`${PLAYBOOKS}/adoption_gap`, { ...FORM, name: "Our own", pattern: "adoption" });
    expect(await get(PLAYBOOKS)).toContain("Our own");
    await post(`${PLAYBOOKS}/adoption_gap/remove`, {});
    const list = await get(PLAYBOOKS);
    expect(list).not.toContain("Our own");
    expect(list).toContain("Adoption gap");
    const log = await (await collector.call("GET", "/v1/audit-log?limit=2")).json();
    expect(log.data).toMatchObject([
      { action: "playbook.removed", change: { name: { before: "Our own" } } },
      {
        action: "playbook.saved",
        change: { name: { before: "Adoption gap", after: "Our own" }, dueHours: { after: 12 } },
      },
    ]);
  });

  it("stands beside the contact budget and what of it is used up", async () => {
    await opened.database.sql`
      INSERT INTO contacts (project_id, account_id, id, channel, cost, contacted_at)
      SELECT ${collector.projectId}, 'acme', gen_random_uuid(), 'outreach', 3,
        ${new Date(collector.now - 86_400_000).toISOString()}::timestamptz
      FROM generate_series(1, 3)`;
    expect(await get(PLAYBOOKS)).toContain("9 of 10");
    expect(await get("/dashboard/accounts/acme")).toContain("9 of 10 points used this week");
  });
});
