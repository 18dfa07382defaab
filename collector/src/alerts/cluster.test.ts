import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { DAY, openRules } from "../../test/rules.ts";
import { muteAlerts, unmuteAlerts } from "./mutes.ts";

const test = useTestDatabase();

describe("many accounts at once", () => {
  it("lets nothing open while a data incident lasts, and catches up afterwards", async () => {
    const { account, use, enable, run, pass, alerts, projectId, time } = await openRules(
      test.database,
    );
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
      await openRules(test.database);
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
});
