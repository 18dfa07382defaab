import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../../test/collector.ts";
import {
  joinProject,
  signOwnerIn,
  type VisitOptions,
  visit,
} from "../../../test/dashboard-visitor.ts";
import { useTestDatabase } from "../../../test/database.ts";

const opened = useTestDatabase();
const RULES = "/dashboard/alerts/rules";
const DROP = {
  kind: "drop",
  name: "Fell far",
  "trigger-points": "15",
  "trigger-days": "7",
  level: "outreach",
  noticeHours: "0",
  coolDownHours: "168",
  escalateAfterHours: "",
  playbookKey: "",
};
let collector: TestCollector;
let owner: string;

const get = async (path: string, cookie = owner) =>
  (await visit(collector, path, { cookie })).text();
const post = (path: string, form: Record<string, string>, more: VisitOptions = {}) =>
  visit(collector, path, { cookie: owner, form, ...more });
const findRule = async (key: string) =>
  (await collector.call("GET", `/v1/alert-rules/${key}`)).json();

/** Forty days of scores, the last ten of them twenty points lower; one of the two accounts left. */
async function insertFalls(): Promise<void> {
  const { sql } = opened.database;
  for (const account of ["left", "stayed"]) {
    await collector.send({
      type: "group",
      groupId: account,
      userId: "u",
      traits: { name: account },
    });
    await sql`
      INSERT INTO scores (project_id, account_id, day, score, tier, confidence, coverage, as_of,
        model_version, norms_version, input_hash, sequence, detail)
      SELECT ${collector.projectId}, ${account}, day::date, CASE WHEN day > '2026-06-01' THEN 60 ELSE 80 END,
        'healthy', 1, 1, day, 'default.1', 'n', '', 1, '{}'
      FROM generate_series('2026-05-02'::date, '2026-06-12'::date, interval '1 day') AS day
      ON CONFLICT DO NOTHING`;
  }
  await sql`
    INSERT INTO outcomes (project_id, account_id, occurred_on, kind, recorded_at)
    VALUES (${collector.projectId}, 'left', '2026-06-10', 'churned', now())`;
}

beforeAll(async () => {
  collector = await createTestCollector(opened.database);
  owner = await signOwnerIn(collector, opened.database);
  await insertFalls();
});

describe("an alert rule on the dashboard", () => {
  it("is tried on history before it is on: how often, for whom, and how long before they left", async () => {
    const tried = await get(`${RULES}/new?${new URLSearchParams({ ...DROP, try: "1" })}`);
    expect(tried).toContain("2 alerts in the past");
    expect(tried).toMatch(/<strong>1<\/strong> of 2 \(50 %/);
    expect(tried).toMatch(/<strong>8 days<\/strong>, the median/);
    expect(tried).toContain("left 8 days later");
    const mark = /name="tried" value="([\w-]+)"/.exec(tried)?.[1] ?? "";

    const other = { ...DROP, "trigger-points": "5", enable: "1", tried: mark };
    expect((await post(RULES, other)).status).toBe(409);
    const created = await post(RULES, { ...DROP, enable: "1", tried: mark });
    expect(created.headers.get("location")).toBe(`${RULES}/fell-far?said=created`);
    expect(await findRule("fell-far")).toMatchObject({
      isEnabled: true,
      trigger: { kind: "drop", points: 15, days: 7 },
      escalateAfterHours: null,
    });
  });

  it("is changed, turned off and deleted, and each is written down", async () => {
    await post(`${RULES}/fell-far`, { ...DROP, "trigger-points": "20", noticeHours: "24" });
    expect(await findRule("fell-far")).toMatchObject({
      isEnabled: true,
      noticeHours: 24,
      trigger: { points: 20 },
    });
    await post(`${RULES}/fell-far/disable`, {});
    expect(await findRule("fell-far")).toMatchObject({ isEnabled: false });
    await post(`${RULES}/fell-far/remove`, {});
    expect((await collector.call("GET", "/v1/alert-rules/fell-far")).status).toBe(404);
    const log = (await (await collector.call("GET", "/v1/audit-log")).json()) as {
      data: { action: string; change: object }[];
    };
    expect(log.data.slice(0, 4).map(({ action }) => action)).toEqual([
      "alert_rule.removed",
      "alert_rule.disabled",
      "alert_rule.changed",
      "alert_rule.created",
    ]);
    expect(log.data.slice(0, 4).map(({ change }) => change)).toMatchObject([
      { name: { before: "Fell far" }, noticeHours: { before: 24 } },
      { isEnabled: { before: true, after: false } },
      {
        noticeHours: { before: 0, after: 24 },
        trigger: { before: { points: 15 }, after: { points: 20 } },
      },
      { name: { after: "Fell far" }, isEnabled: { after: true } },
    ]);
    expect(Object.keys(log.data[1]?.change ?? {})).toEqual(["isEnabled"]);
  });

  it("says what is wrong with it and keeps what was typed", async () => {
    const answer = await post(RULES, { ...DROP, "trigger-points": "1000", name: "Too much" });
    expect(answer.status).toBe(400);
    const page = await answer.text();
    expect(page).toContain("“Falls by” must be at most 100.");
    expect(page).toContain('aria-describedby="trigger-points-fault"');
    expect(page).toContain('value="1000"');
    expect(page).toContain('value="Too much"');
  });

  it("can be made of every kind, as it is proposed", async () => {
    const list = await get(`${RULES}/new`);
    const kinds = [...list.matchAll(/kind=(\w+)/g)].map(([, kind]) => kind ?? "");
    expect(kinds).toHaveLength(8);
    for (const kind of kinds) {
      const form = await get(`${RULES}/new?kind=${kind}`);
      const fields: Record<string, string> = { ...DROP, kind, name: `A rule of ${kind}` };
      for (const [, name, value] of form.matchAll(/name="(trigger-\w+)"[^>]*? value="([^"]*)"/g)) {
        fields[name ?? ""] = value ?? "";
      }
      if (kind === "tier") fields["to-critical"] = "on";
      if (kind === "detractor") fields["trigger-measure"] = "nps";
      const key = `a-rule-of-${kind.replace("_", "-")}`;
      expect((await post(RULES, fields)).headers.get("location"), kind).toContain(key);
      expect((await findRule(key)).trigger.kind).toBe(kind);
    }
  });

  it("is a viewer's to read and nobody's to open in another project", async () => {
    const viewer = await joinProject(collector, opened.database, "viewer");
    const page = await get(`${RULES}/tier`, viewer);
    expect(page).not.toContain("Try it on history");
    expect((await visit(collector, `${RULES}/new`, { cookie: viewer })).status).toBe(403);
    expect((await visit(collector, `${RULES}/nothing`, { cookie: owner })).status).toBe(404);
  });
});
