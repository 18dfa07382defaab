import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { openRules } from "../../test/rules.ts";
import { spendContact } from "../playbooks/contact-budget.ts";

const test = useTestDatabase();

describe("an alert with a playbook", () => {
  it("resolves by itself only when the playbook's exit criterion is met", async () => {
    const { account, use, score, enable, run, pass, call } = await openRules(test.database);
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
    const { account, use, enable, run, pass, alerts, projectId, time } = await openRules(
      test.database,
    );
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
