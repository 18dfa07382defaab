import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../../test/collector.ts";
import { signOwnerIn, visit } from "../../../test/dashboard-visitor.ts";
import { useTestDatabase } from "../../../test/database.ts";

const opened = useTestDatabase();
let collector: TestCollector;
let owner: string;

const read = async (path: string) => (await visit(collector, path, { cookie: owner })).text();

beforeAll(async () => {
  collector = await createTestCollector(opened.database);
  owner = await signOwnerIn(collector, opened.database);
});

describe("an account's page", () => {
  it("marks a burst of use in its history, and counts the changes of tier", async () => {
    const at = (daysAgo: number) => new Date(collector.now - daysAgo * DAY_MS).toISOString();
    const use = (daysAgo: number) => ({
      type: "track",
      event: "Opened",
      userId: "ann",
      context: { groupId: "bursty" },
      timestamp: at(daysAgo),
    });
    const steady = Array.from({ length: 40 }, (_, daysAgo) => use(daysAgo));
    await collector.send(...steady, ...Array.from({ length: 29 }, () => use(3)));
    await collector.settle();
    await collector.call("POST", "/v1/score", { asOf: at(10).slice(0, 10) });
    const html = await read("/dashboard/accounts/bursty");
    expect(html).toContain("30 uses, far more than usual: its signals count 2");
    expect(html).toContain("2 days, one score a day; 0 changes of tier");
  });

  it("marks what became of the contract", async () => {
    const day = (daysAgo: number) =>
      new Date(collector.now - daysAgo * DAY_MS).toISOString().slice(0, 10);
    const outcomes = [
      { accountId: "bursty", kind: "renewed", occurredOn: day(6), value: 12_000 },
      { accountId: "bursty", kind: "contracted", occurredOn: day(2) },
      { accountId: "another", kind: "churned", occurredOn: day(2) },
    ];
    expect((await collector.call("POST", "/v1/outcomes", { outcomes })).status).toBe(200);
    const html = await read("/dashboard/accounts/bursty");
    expect(html).toContain("Outcome (2)");
    expect(html).toMatch(/: Renewed<\/title>/);
    expect(html).toMatch(/: Contracted<\/title>/);
    expect(html).not.toContain("Churned");
  });

  it("names as users its members and who only did something there, and counts those beyond the list", async () => {
    const use = (userId: string) => ({
      type: "track",
      event: "Opened",
      userId,
      context: { groupId: "busy" },
    });
    await collector.send({ type: "group", userId: "member-0", groupId: "busy" });
    await collector.send(...Array.from({ length: 14 }, (_, at) => use(`guest-${at}`)));
    const html = await read("/dashboard/accounts/busy");
    expect(new Set(html.match(/guest-\d+/g)).size).toBe(12);
    expect(html).toContain("and 3 more");
  });
});
