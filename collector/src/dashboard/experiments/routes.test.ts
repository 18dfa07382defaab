import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../../test/collector.ts";
import { joinProject, visit } from "../../../test/dashboard-visitor.ts";
import { useTestDatabase } from "../../../test/database.ts";

const test = useTestDatabase();
const PATH = "/dashboard/alerts/experiments";

describe("the pages of experiments", () => {
  let collector: TestCollector;
  let cookie: string;
  const read = async (at: string) => (await visit(collector, at, { cookie })).text();
  const start = (form: Record<string, string>) =>
    visit(collector, PATH, {
      cookie,
      form: {
        name: "Call early?",
        "rule-a": "-",
        "share-a": "1",
        "rule-b": "fell",
        "share-b": "1",
        "rule-c": "",
        "share-c": "1",
        baselineShare: "60",
        targetShare: "20",
        ...form,
      },
    });

  beforeAll(async () => {
    collector = await createTestCollector(test.database);
    cookie = await joinProject(collector, test.database, "admin");
    const rule = {
      key: "fell",
      name: "Fell by 15",
      level: "outreach",
      trigger: { kind: "drop", points: 15, days: 7 },
      isEnabled: true,
    };
    const made = await collector.call("POST", "/v1/alert-rules", rule);
    expect([made.status, made.ok ? null : await made.text()]).toEqual([201, null]);
    const at = new Date(collector.now - DAY_MS).toISOString();
    await test.database.sql`
      INSERT INTO accounts (project_id, account_id, created_at, first_seen_at, last_seen_at)
      SELECT ${collector.projectId}::uuid, 'account-' || n, ${at}::timestamptz, ${at}::timestamptz,
        ${at}::timestamptz FROM generate_series(1, 80) n`;
  });

  it.each([
    [{ name: "" }, "name", "needs a letter a–z or a digit"],
    [{ name: "Проект" }, "name", "needs a letter a–z or a digit"],
    [{ "rule-b": "" }, "rule-b", "“Second variant” needs a rule"],
    [{ "rule-b": "gone" }, "rule-b", "is no alert rule of this project"],
    [{ "share-a": "0" }, "share-a", "must be a number above 0"],
    [{ targetShare: "60" }, "targetShare", "must differ from “Accounts that leave today”"],
    [{ baselineShare: "" }, "baselineShare", "must be above 0 % and below 100 %"],
  ])("shows %o again with the fault at its field", async (given, field, message) => {
    const answer = await start(given);
    const html = await answer.text();
    expect(answer.status).toBe(400);
    expect(html).toContain(`href="#${field}"`);
    expect(html).toContain(message);
    expect(html).toContain('<option value="-" selected');
  });

  it("starts one, and says how large it must be before it tells anything", async () => {
    const answer = await start({});
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      `${PATH}/call-early?said=created`,
    ]);
    expect(await read(PATH)).toContain("Call early?");
    const html = await read(`${PATH}/call-early`);
    expect(html).toContain("Too early to tell: nobody has left yet");
    expect(html).toMatch(/each variant needs 2\d accounts, the smallest has \d+/);
    expect(html).toContain(">Against No alert<");
  });

  it("refuses a second one with the same rule, keeping what was typed", async () => {
    const answer = await start({ name: "Once more" });
    const html = await answer.text();
    expect(answer.status).toBe(400);
    expect(html).toContain("The rule fell is in an experiment already.");
    expect(html).toContain('value="Once more"');
  });

  it("tells who left, by variant with intervals, and ends", async () => {
    const { variants } = await (
      await collector.call("GET", "/v1/rule-experiments/call-early")
    ).json();
    expect(variants.map((one: { key: string }) => one.key)).toEqual(["a", "b"]);
    collector.now += 5 * DAY_MS;
    const occurredOn = new Date(collector.now - DAY_MS).toISOString().slice(0, 10);
    await collector.call("POST", "/v1/outcomes", {
      outcomes: Array.from({ length: 80 }, (_, i) => ({
        accountId: `account-${i + 1}`,
        kind: "churned",
        occurredOn,
      })),
    });
    const known = await read(`${PATH}/call-early`);
    expect(known).toMatch(/100 % \(\d\d % to 100 %\)/);
    expect(known).toContain("No difference that could not be chance");
    const ended = await visit(collector, `${PATH}/call-early/end`, { cookie, form: {} });
    expect(ended.status).toBe(303);
    const html = await read(`${PATH}/call-early`);
    expect(html).toContain("Ran from");
    expect(html).not.toContain("End it");
  });

  it("lets who is no admin look, not start", async () => {
    const viewer = await joinProject(collector, test.database, "viewer");
    const html = await (await visit(collector, PATH, { cookie: viewer })).text();
    expect(html).not.toContain("New experiment");
    expect((await visit(collector, `${PATH}/new`, { cookie: viewer })).status).toBe(403);
  });
});
