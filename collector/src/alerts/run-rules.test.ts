import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { DAY, openRules, START } from "../../test/rules.ts";
import { getCurrentModel } from "../scores/current-model.ts";

const test = useTestDatabase();

describe("the rules' turn", () => {
  it("opens a drop after its notice, words it anew, and resolves it when it is clearly over", async () => {
    const { account, score, enable, run, pass, alerts, messages } = await openRules(test.database);
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

  it("looks at the mean of scores that the model in force asks for", async () => {
    const { account, score, enable, run, pass, alerts, projectId } = await openRules(test.database);
    const { sql } = test.database;
    await getCurrentModel(sql, projectId, START);
    await sql`
      UPDATE model_versions SET document = jsonb_set(document, '{smoothingHalfLifeDays}', '2')
      WHERE project_id = ${projectId}`;
    await enable("sudden-drop", { noticeHours: 0 });
    await account("acme");
    for (let day = 0; day < 6; day++) {
      await score("acme", 90);
      pass(1);
    }
    await score("acme", 70);
    expect((await run()).opened).toBe(0);
    for (let day = 0; day < 4; day++) {
      pass(1);
      await score("acme", 70);
    }
    expect((await run()).opened).toBe(1);
    const [alert] = await alerts();
    // Five days at 70 after six at 90: a mean of 73.2, where the plain score is 20 below.
    expect(alert.summary).toContain("fell 17 points within 7 days");
  });

  it("stays quiet in the cool-down and opens again after it", async () => {
    const { account, enable, use, run, pass } = await openRules(test.database);
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

  it("leaves accounts alone that left, until they come back", async () => {
    const { account, enable, use, run, pass, alerts, projectId } = await openRules(test.database);
    const outcome = (id: string, days: number, kind: string) => test.database.sql`
      INSERT INTO outcomes (project_id, account_id, occurred_on, kind, recorded_at)
      VALUES (${projectId}, ${id}, ${new Date(START + days * DAY).toISOString()}::timestamptz::date,
        ${kind}, now())`;
    await enable("silent");
    for (const id of ["gone", "back"]) {
      await account(id);
      await use(id, "Feature Used", "export");
      await outcome(id, 1, "churned");
    }
    await outcome("back", 2, "renewed");
    pass(14);
    expect((await run()).opened).toBe(1);
    expect(await alerts()).toMatchObject([{ accountId: "back" }]);
  });

  it("opens for an account that starts low once it is no start any more", async () => {
    const { account, score, run, pass, alerts, call } = await openRules(test.database);
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
    const { account, score, use, enable, call, run, pass, alerts, projectId } = await openRules(
      test.database,
    );
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
});
