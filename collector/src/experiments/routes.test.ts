import { beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { openProject } from "../../test/project.ts";
import { runRules } from "../alerts/run-rules.ts";

const test = useTestDatabase();
const START = Date.parse("2026-06-01T12:00:00Z");
const DAY = 86_400_000;
const ACCOUNTS = 60;

interface Variant {
  key: string;
  accounts: number;
  alerts: number;
  churned: number;
  churnedShare: number;
  difference: { value: number; interval: [number, number] } | null;
}

describe("rule experiments", () => {
  let project: Awaited<ReturnType<typeof openProject>>;
  let now = START;

  /** Every account falls by 40 points within a day. */
  async function fall(): Promise<void> {
    const { sql } = test.database;
    for (const [daysAgo, score] of [
      [1, 90],
      [0, 50],
    ] as const) {
      const at = new Date(now - daysAgo * DAY).toISOString();
      await sql`
        INSERT INTO scores (project_id, account_id, day, score, tier, confidence, coverage, as_of,
          model_version, norms_version, input_hash, sequence, detail)
        SELECT project_id, account_id, ${at}::timestamptz::date, ${score}, 'at_risk', 1, 1,
          ${at}::timestamptz, 'm', 'n', '', 1,
          jsonb_build_object('score', ${score}::int, 'tier', 'at_risk', 'drivers', '[]'::jsonb,
            'sequence', 1)
        FROM accounts WHERE project_id = ${project.projectId}
        ON CONFLICT DO NOTHING`;
    }
  }

  const body = (more: object = {}) => ({
    key: "tell-them",
    name: "Does an alert keep them?",
    variants: [
      { key: "quiet", share: 1, rule: null },
      { key: "told", share: 1, rule: "sudden-drop" },
    ],
    ...more,
  });

  beforeAll(async () => {
    project = await openProject(test.database, () => now);
    const { sql } = test.database;
    const at = new Date(START - 300 * DAY).toISOString();
    await sql`
      INSERT INTO accounts (project_id, account_id, created_at, first_seen_at, last_seen_at)
      SELECT ${project.projectId}::uuid, 'a' || n, ${at}::timestamptz, ${at}::timestamptz,
        ${at}::timestamptz FROM generate_series(1, ${ACCOUNTS}::int) AS n`;
    await project.call("GET", "/v1/alert-rules");
    const rule = { isEnabled: true, noticeHours: 0 };
    expect((await project.call("PATCH", "/v1/alert-rules/sudden-drop", rule)).status).toBe(200);
  });

  it("refuses rules that are not there, can't be split, or are split already", async () => {
    const variants = [
      { key: "a", share: 1, rule: "tier" },
      { key: "b", share: 1, rule: "nothing" },
    ];
    const refused = await project.call("POST", "/v1/rule-experiments", body({ variants }));
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map((one: { pointer: string }) => one.pointer)).toEqual([
      "/variants/0/rule",
      "/variants/1/rule",
    ]);
    expect((await project.call("POST", "/v1/rule-experiments", body())).status).toBe(201);
    const again = await project.call("POST", "/v1/rule-experiments", body({ key: "other" }));
    expect(again.status).toBe(409);
  });

  it("alerts the accounts of one variant only, and compares who left", async () => {
    await fall();
    const { sql } = test.database;
    const row = { id: project.projectId, name: "Test", timeZone: "UTC", settings: {} };
    const { opened } = await runRules({ sql, publicUrl: "http://127.0.0.1:4700" }, row, now);
    const read = async () => (await project.call("GET", "/v1/rule-experiments/tell-them")).body;
    const before = await read();
    const [quiet, told]: Variant[] = before.variants;
    expect(quiet?.accounts).toBeGreaterThan(15);
    expect(told).toMatchObject({ alerts: opened, accounts: opened });
    expect([quiet?.alerts, (quiet?.accounts ?? 0) + opened]).toEqual([0, ACCOUNTS]);
    expect(before).toMatchObject({ isLargeEnough: false, requiredAccounts: 686 });

    const alerted = await sql<{ id: string }[]>`
      SELECT account_id AS id FROM alerts WHERE project_id = ${project.projectId}`;
    const left = Array.from({ length: ACCOUNTS }, (_, i) => `a${i + 1}`).filter(
      (id) => !alerted.some((one) => one.id === id),
    );
    now += 10 * DAY;
    const outcomes = left.slice(0, 12).map((accountId) => ({
      accountId,
      kind: "churned",
      occurredOn: "2026-06-05",
    }));
    expect((await project.call("POST", "/v1/outcomes", { outcomes })).status).toBe(200);
    const { variants } = await read();
    const [after, helped]: Variant[] = variants;
    expect([after?.churned, helped?.churned]).toEqual([12, 0]);
    expect(helped?.difference?.value).toBeCloseTo(-12 / (after?.accounts ?? 0), 9);
    expect(helped?.difference?.interval[1]).toBeLessThan(0);
  });

  it("gives its rules back when it ends", async () => {
    const ended = await project.call("POST", "/v1/rule-experiments/tell-them/end");
    expect(ended.body.status).toBe("ended");
    now += DAY;
    await test.database.sql`DELETE FROM scores WHERE project_id = ${project.projectId}`;
    await fall();
    const row = { id: project.projectId, name: "Test", timeZone: "UTC", settings: {} };
    const deps = { sql: test.database.sql, publicUrl: "http://127.0.0.1:4700" };
    const { opened } = await runRules(deps, row, now);
    // Those that left are nobody to be alerted about.
    const [quiet]: Variant[] = ended.body.variants;
    expect(opened).toBe((quiet?.accounts ?? 0) - (quiet?.churned ?? 0));
    expect((await project.call("GET", "/v1/rule-experiments/none")).status).toBe(404);
  });
});
