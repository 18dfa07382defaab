import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { openRules } from "../../test/rules.ts";

const test = useTestDatabase();

describe("alerts that wait", () => {
  it("escalates once what nobody acknowledged in time", async () => {
    const { account, use, enable, run, tend, pass, alerts, messages, call } = await openRules(
      test.database,
    );
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
    const { account, use, score, enable, run, pass, call } = await openRules(test.database);
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
    expect(body).toMatchObject({ opened: 1, unresolved: 2, overdue: 1, tierMoves: [] });
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
});
