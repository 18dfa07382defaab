import type { Tier } from "@telltale/protocol";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { openProject } from "../../test/project.ts";
import { spendContact } from "../playbooks/contact-budget.ts";
import { muteAlerts, unmuteAlerts } from "./mutes.ts";
import { ensureRules } from "./rules.ts";
import { runRules } from "./run-rules.ts";
import { tendAlerts } from "./tend-alerts.ts";

const test = useTestDatabase();
const START = Date.parse("2026-06-01T12:00:00Z");
const DAY = 86_400_000;
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

async function opened() {
  const time = { now: START };
  const project = await openProject(test.database, () => time.now);
  const { sql } = test.database;
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

describe("the rules' turn", () => {
  it("opens a drop after its notice, words it anew, and resolves it when it is clearly over", async () => {
    const { account, score, enable, run, pass, alerts, messages } = await opened();
    await enable("sudden-drop");
    await account("acme");
    await score("acme", 90);
    pass(1);
    await score("acme", 70);
    expect(await run()).toEqual({ opened: 0, resolved: 0 });
    pass(1);
    await score("acme", 68);
    expect(await run()).toEqual({ opened: 1, resolved: 0 });
    const [first] = await alerts();
    expect(first).toMatchObject({ rule: "sudden-drop", status: "open", level: "outreach" });
    expect(first.summary).toBe("ACME fell 22 points within 7 days. usage −9");
    await score("acme", 60);
    expect(await run()).toEqual({ opened: 0, resolved: 0 });
    const [updated] = await alerts();
    expect(updated).toMatchObject({
      id: first.id,
      summary: "ACME fell 30 points within 7 days. usage −9",
    });
    pass(8);
    await score("acme", 62);
    expect(await run()).toEqual({ opened: 0, resolved: 1 });
    expect((await messages()).map(({ type }) => type)).toEqual(["alert.opened", "alert.resolved"]);
  });

  it("stays quiet in the cool-down and opens again after it", async () => {
    const { account, enable, use, run, pass } = await opened();
    await enable("silent");
    await account("acme");
    await use("acme", "Feature Used", "export");
    pass(14);
    expect((await run()).opened).toBe(1);
    await use("acme", "Feature Used", "export");
    expect((await run()).resolved).toBe(1);
    await enable("silent", { trigger: { kind: "stale", source: "usage", days: 2 } });
    pass(3);
    expect((await run()).opened).toBe(0);
    pass(5);
    expect((await run()).opened).toBe(1);
  });

  it("opens for an account that starts low once it is no start any more", async () => {
    const { account, score, run, pass, alerts, call } = await opened();
    await account("acme");
    for (let day = 0; day < 14; day++) {
      await score("acme", 52, "at_risk");
      expect((await run()).opened).toBe(0);
      pass(1);
    }
    await score("acme", 52, "at_risk");
    expect((await run()).opened).toBe(1);
    const [alert] = await alerts();
    expect(alert).toMatchObject({ rule: "tier", summary: "ACME: at risk (52). usage −9" });
    await call("POST", `/v1/alerts/${alert.id}/resolve`, { outcome: "contacted" });
    for (let day = 1; day < 30; day++) {
      pass(1);
      await score("acme", 52, "at_risk");
      expect((await run()).opened).toBe(0);
    }
    pass(1);
    await score("acme", 52, "at_risk");
    expect((await run()).opened).toBe(1);
  });

  it("finds detractors, friction, missed milestones, slopes and expansion", async () => {
    const { account, score, use, enable, call, run, pass, alerts, projectId } = await opened();
    for (const key of ["detractor", "friction", "slow-decline", "expansion"]) {
      await enable(key, { noticeHours: 0 });
    }
    await call("POST", "/v1/alert-rules", {
      key: "first-report-late",
      name: "No first report",
      trigger: { kind: "milestone_overdue", milestone: "first_report", days: 14 },
      level: "outreach",
      isEnabled: true,
      noticeHours: 0,
    });
    for (const id of ["angry", "lost", "sinking", "growing"]) await account(id);
    await account("late", 20);
    await test.database.sql`
      INSERT INTO survey_responses (project_id, account_id, impression_id, question_id, survey_id,
        user_id, measure, value, value_100, answered_at)
      VALUES (${projectId}, 'angry', gen_random_uuid(), 'q', gen_random_uuid(), 'u', 'nps', 1, 10,
        ${new Date(START + 27 * DAY).toISOString()}::timestamptz)`;
    for (let day = 0; day < 28; day++) {
      await score("sinking", 90 - day);
      await score("growing", 90);
      await use("growing", "Feature Used", "export", 10);
      pass(1);
    }
    for (let day = 0; day < 28; day++) {
      await use("growing", "Feature Used", "export", 20);
      await score("growing", 92);
      if (day < 27) await score("sinking", 62 - day);
      pass(1);
    }
    pass(-29);
    for (const feature of ["a", "b", "c"]) await use("lost", "Feature Used", feature);
    expect((await run()).opened).toBe(4);
    pass(28);
    await run();
    const seen = (await alerts()).map((alert: { accountId: string; rule: string }) => [
      alert.accountId,
      alert.rule,
    ]);
    expect(seen.sort()).toEqual([
      ["angry", "detractor"],
      ["growing", "expansion"],
      ["late", "first-report-late"],
      ["lost", "friction"],
      ["sinking", "slow-decline"],
    ]);
  });

  it("lets nothing open while a data incident lasts, and catches up afterwards", async () => {
    const { account, use, enable, run, pass, alerts, projectId, time } = await opened();
    await enable("silent");
    await account("acme");
    await use("acme", "Feature Used", "export");
    pass(20);
    const incident = { reason: "source_silent:usage", at: new Date(time.now).toISOString() };
    await muteAlerts(test.database.sql, projectId, incident);
    expect(await run()).toEqual({ opened: 0, resolved: 0 });
    expect(await alerts()).toEqual([]);
    await unmuteAlerts(test.database.sql, projectId, incident);
    expect((await run()).opened).toBe(1);
  });

  it("makes one cluster alert of many accounts that fall for one cause", async () => {
    const { account, use, score, enable, run, pass, alerts, messages, projectId, time } =
      await opened();
    await enable("silent");
    const ids = Array.from({ length: 12 }, (_, i) => `acme-${i}`);
    for (const id of ids) {
      await account(id);
      await score(id, 80);
      await use(id, "Feature Used", "export");
    }
    pass(15);
    await test.database.sql`
      INSERT INTO releases (project_id, version, released_at)
      VALUES (${projectId}, '4.2.0', ${new Date(time.now - DAY).toISOString()}::timestamptz)`;
    expect((await run()).opened).toBe(12);
    const told = await messages();
    const clusters = told.filter(({ data }) => data.cluster);
    expect(clusters).toHaveLength(1);
    expect(told.length).toBeLessThanOrEqual(5);
    expect(clusters[0].data.cluster).toMatchObject({ cause: "adoption", release: "4.2.0" });
    expect(await alerts("?rule=silent")).toHaveLength(12);
    for (const id of ids) await use(id, "Feature Used", "export");
    expect((await run()).resolved).toBe(12);
  });

  it("escalates once what nobody acknowledged in time", async () => {
    const { account, use, enable, run, tend, pass, alerts, messages, call } = await opened();
    await enable("silent", { escalateAfterHours: 24 });
    for (const id of ["acme", "beta"]) {
      await account(id);
      await use(id, "Feature Used", "export");
    }
    pass(14);
    await run();
    const beta = (await alerts()).find((one: { accountId: string }) => one.accountId === "beta");
    await call("POST", `/v1/alerts/${beta.id}/acknowledge`);
    pass(1);
    expect(await tend()).toBe(1);
    pass(5);
    expect(await tend()).toBe(0);
    const escalated = (await messages()).filter(({ type }) => type === "alert.escalated");
    expect(escalated).toMatchObject([
      { data: { account: { id: "acme" }, alert: { level: "intervene" } } },
    ]);
  });

  it("sums the last days up, with what waits, the most urgent first", async () => {
    const { account, use, score, enable, run, pass, call } = await opened();
    await enable("silent");
    for (const id of ["calm", "acme"]) {
      await account(id);
      await use(id, "Feature Used", "export");
      await score(id, 80);
    }
    pass(1);
    await use("calm", "Feature Used", "export");
    pass(13);
    expect((await run()).opened).toBe(1);
    const first = await call("GET", "/v1/alerts/digest?days=1");
    expect(first.body).toMatchObject({ opened: 1, resolved: 0, unresolved: 1, escalated: 0 });
    pass(3);
    await call("PATCH", "/v1/alert-rules/silent", { level: "intervene" });
    expect((await run()).opened).toBe(1);
    await test.database.sql`UPDATE account_health SET tier = 'at_risk' WHERE account_id = 'acme'`;
    const { body } = await call("GET", "/v1/alerts/digest?days=2");
    expect(body).toMatchObject({ opened: 1, unresolved: 2, tierMoves: [] });
    expect(
      body.review.map((one: { accountId: string; level: string; isOverdue: boolean }) => [
        one.accountId,
        one.level,
        one.isOverdue,
      ]),
    ).toEqual([
      ["calm", "intervene", false],
      ["acme", "outreach", true],
    ]);
    const { body: long } = await call("GET", "/v1/alerts/digest?days=17");
    expect(long.tierMoves).toEqual([{ from: "healthy", to: "at_risk", accounts: 1 }]);
    expect((await call("GET", "/v1/alerts/digest?days=99")).status).toBe(400);
  });

  it("resolves by itself only when the playbook's exit criterion is met", async () => {
    const { account, use, score, enable, run, pass, call } = await opened();
    await call("PUT", "/v1/playbooks/win-back", {
      name: "Win back",
      ownerRole: "cs_lead",
      dueHours: 24,
      steps: ["Call"],
      message: "{{ accountName }}",
      exit: { kind: "score", atLeast: 75 },
    });
    await enable("silent", { playbookKey: "win-back" });
    await account("acme");
    await use("acme", "Feature Used", "export");
    pass(14);
    await score("acme", 50);
    expect((await run()).opened).toBe(1);
    await use("acme", "Feature Used", "export");
    expect((await run()).resolved).toBe(0);
    await score("acme", 78);
    expect((await run()).resolved).toBe(1);
  });

  it("tells the owner to wait when the account's contact budget is used up", async () => {
    const { account, use, enable, run, pass, alerts, projectId, time } = await opened();
    await enable("silent");
    await account("acme");
    await use("acme", "Feature Used", "export");
    pass(14);
    const { sql } = test.database;
    const contact = { projectId, accountId: "acme", channel: "prompt" } as const;
    const at = () => new Date(time.now).toISOString();
    for (let i = 0; i < 10; i++) {
      expect(await sql.begin((tx) => spendContact(tx, { ...contact, at: at() }))).toBe(true);
    }
    expect(await sql.begin((tx) => spendContact(tx, { ...contact, at: at() }))).toBe(false);
    await run();
    const [alert] = await alerts();
    expect(alert.playbook.steps[0]).toMatch(/^Don't contact anybody there before 2026-06-22/);
  });
});
