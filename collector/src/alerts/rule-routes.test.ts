import { describe, expect, it } from "vitest";
import { DAY, iso, NOW, openAlerts } from "../../test/alerts.ts";
import { useTestDatabase } from "../../test/database.ts";

const test = useTestDatabase();

describe("/v1/alert-rules", () => {
  it("starts with the tier rule on and the others off", async () => {
    const { call } = await openAlerts(test.database);
    const { data } = (await call("GET", "/v1/alert-rules")).body;
    const on = data.filter((rule: { isEnabled: boolean }) => rule.isEnabled);
    expect(on.map((rule: { key: string }) => rule.key)).toEqual(["tier"]);
    expect(data.length).toBeGreaterThan(5);
  });

  it("creates, changes and deletes a rule, and refuses a bad one with its place", async () => {
    const { call } = await openAlerts(test.database);
    const rule = {
      key: "big-drop",
      name: "Big drop",
      trigger: { kind: "drop", points: 25, days: 14 },
      level: "intervene",
    };
    expect((await call("POST", "/v1/alert-rules", rule)).status).toBe(201);
    expect((await call("POST", "/v1/alert-rules", rule)).status).toBe(409);
    const changed = await call("PATCH", "/v1/alert-rules/big-drop", { noticeHours: 48 });
    expect(changed.body).toMatchObject({ noticeHours: 48, level: "intervene", isEnabled: false });
    const bad = await call("POST", "/v1/alert-rules", {
      ...rule,
      trigger: { kind: "drop", points: 0 },
    });
    expect(bad.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(
      "/trigger/points",
    );
    expect((await call("DELETE", "/v1/alert-rules/big-drop")).status).toBe(204);
    expect((await call("GET", "/v1/alert-rules/big-drop")).status).toBe(404);
  });

  it("tries a rule on history: how often, for whom, how many left, how early", async () => {
    const { account, call, projectId } = await openAlerts(test.database);
    const day = (daysAgo: number) => iso(NOW - daysAgo * DAY).slice(0, 10);
    for (const [id, from, to] of [
      ["leaver", 90, 50],
      ["keeper", 85, 60],
      ["steady", 80, 79],
    ] as const) {
      await account(id);
      for (let ago = 60; ago > 0; ago--) {
        const score = ago > 40 ? from : to;
        await test.database.sql`
          INSERT INTO scores (project_id, account_id, day, score, tier, confidence, coverage, as_of,
            model_version, norms_version, input_hash, sequence, detail)
          VALUES (${projectId}, ${id}, ${day(ago)}::text::date, ${score}, 'healthy', 1, 1, now(),
            'm', 'n', '', 1, '{}')`;
      }
    }
    await test.database.sql`
      INSERT INTO outcomes (project_id, account_id, occurred_on, kind, recorded_at)
      VALUES (${projectId}, 'leaver', ${day(5)}::text::date, 'churned', now()),
        (${projectId}, 'keeper', ${day(3)}::text::date, 'renewed', now())`;
    const { status, body } = await call("POST", "/v1/alert-rules/dry-run", {
      trigger: { kind: "drop", points: 15, days: 7 },
      noticeHours: 48,
      from: day(60),
      to: day(1),
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      fired: 2,
      accounts: 2,
      followedByChurn: 1,
      followedByRenewal: 1,
      churns: 1,
      churnsCaught: 1,
      medianLeadDays: 33,
    });
    expect(body.alerts).toMatchObject([
      { accountId: expect.any(String), firedOn: day(38), resolvedOn: day(33) },
      { firedOn: day(38) },
    ]);
    expect(
      (await call("POST", "/v1/alert-rules/dry-run", { trigger: body, from: day(1) })).status,
    ).toBe(400);
    const saved = await call("POST", "/v1/alert-rules/sudden-drop/dry-run", { from: day(60) });
    expect(saved.body.fired).toBe(2);
    const [{ count }] = (await test.database.sql`
      SELECT count(*)::int AS count FROM alerts WHERE project_id = ${projectId}`) as [
      { count: number },
    ];
    expect(count).toBe(0);
  });
});
