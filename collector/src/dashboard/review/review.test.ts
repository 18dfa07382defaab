import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../../test/collector.ts";
import { signOwnerIn, visit } from "../../../test/dashboard-visitor.ts";
import { useTestDatabase } from "../../../test/database.ts";

const opened = useTestDatabase();
let collector: TestCollector;
let cookie: string;

const get = async (path: string): Promise<string> =>
  (await (await visit(collector, path, { cookie })).text()).replace(/<[^>]+>/g, " ");

/** Puts an account's score of a day, and with `isNow` its present one, into the book. */
async function score(
  accountId: string,
  { day, points, tier, isNow }: { day: string; points: number; tier: string; isNow?: true },
): Promise<void> {
  const { sql } = opened.database;
  const detail = {
    score: points,
    modelVersion: "default.1",
    drivers: [{ key: "usage", label: "Usage", contribution: points - 60 }],
    components: [
      { key: "usage", signals: [{ key: "usage", value: points / 10, unit: "features" }] },
    ],
  };
  await sql`
    INSERT INTO scores (project_id, account_id, day, score, tier, confidence, coverage, as_of,
      model_version, norms_version, input_hash, sequence, detail)
    VALUES (${collector.projectId}, ${accountId}, ${day}::text::date, ${points}, ${tier}, 1, 1,
      ${`${day}T12:00:00Z`}, 'default.1', 'test', 'test', 0, ${JSON.stringify(detail)}::text::jsonb)
    ON CONFLICT (project_id, account_id, day) DO UPDATE SET score = excluded.score,
      tier = excluded.tier, detail = excluded.detail`;
  if (!isNow) return;
  await sql`
    UPDATE account_health SET score = ${points}, tier = ${tier}
    WHERE project_id = ${collector.projectId} AND account_id = ${accountId}`;
}

beforeAll(async () => {
  collector = await createTestCollector(opened.database);
  cookie = await signOwnerIn(collector, opened.database);
  for (const [groupId, plan] of [
    ["acme", "growth"],
    ["birch", "growth"],
    ["cedar", "free"],
  ]) {
    const traits = { name: groupId?.toUpperCase(), plan, arr: 1_200 };
    await collector.send({ type: "group", groupId, userId: "u1", traits });
  }
  await collector.settle();
  await score("acme", { day: "2026-05-18", points: 90, tier: "healthy" });
  await score("acme", { day: "2026-06-08", points: 80, tier: "healthy" });
  await score("acme", { day: "2026-06-15", points: 60, tier: "at_risk", isNow: true });
  await score("birch", { day: "2026-06-15", points: 80, tier: "healthy", isNow: true });
});

describe("the weekly review", () => {
  it("tells whose tier got worse, why, and the week's alerts in numbers", async () => {
    const page = (await get("/dashboard/review")).replace(/\s+/g, " ");
    expect(page).toContain("1. Got worse: 1 account");
    expect(page).toContain("Usage −20 points: 6 features now, 8 features a week ago.");
    expect(page).toContain("Worth 1.2K a year.");
    expect(page).toMatch(/Opened \d+ in seven days/);
    expect(page).toContain("0 past their due time");
  });
});

describe("a review since yesterday", () => {
  it("tells who moved since then, and says so", async () => {
    await score("acme", { day: "2026-06-14", points: 75, tier: "healthy" });
    const page = (await get("/dashboard/review?days=1")).replace(/\s+/g, " ");
    const week = await get("/dashboard/review?days=8");
    await opened.database.sql`DELETE FROM scores WHERE day = '2026-06-14'`;
    expect(page).toContain("1. Got worse: 1 account");
    expect(page).toContain("6 features now, 7.5 features yesterday.");
    expect(page).toMatch(/Opened \d+ in a day/);
    expect(week).toMatch(/What changed in seven days/);
  });
});

describe("alerts past their due time", () => {
  it("are all counted, however many wait", async () => {
    const { sql } = opened.database;
    const now = new Date(collector.now).toISOString();
    await sql`
      INSERT INTO alerts (project_id, account_id, id, rule, level, status, summary, detail,
        opened_at, updated_at)
      SELECT ${collector.projectId}, 'late-' || i, gen_random_uuid(), 'late', 'outreach', 'open', 'Late.',
        jsonb_build_object('playbook', jsonb_build_object('key', 'adoption_gap', 'name', 'Gap',
          'ownerRole', 'support', 'dueAt', '2026-06-01T00:00:00.000Z', 'steps', '[]'::jsonb,
          'message', '')), ${now}::timestamptz, ${now}::timestamptz
      FROM generate_series(1, 130) AS i`;
    const page = (await get("/dashboard/review")).replace(/\s+/g, " ");
    await sql`DELETE FROM alerts WHERE rule = 'late'`;
    expect(page).toContain("130 past their due time");
  });
});

describe("the segments of the book", () => {
  it("have their n, mean and change of the accounts that had a score then", async () => {
    const page = (await get("/dashboard")).replace(/\s+/g, " ");
    // Two accounts of mean 70; one of them was scored 28 days ago, at 90.
    expect(page).toContain("plan: growth 2 70 −30 1 1 1,200");
    // A segment of one account tells nothing that the account does not.
    expect(page).not.toContain("plan: free 1");
  });
});

describe("an alert", () => {
  it("tells where the account stood when it opened, and where it stands today", async () => {
    const { sql } = opened.database;
    const id = "01900000-0000-7000-8000-000000000001";
    await sql`
      INSERT INTO alerts (project_id, account_id, id, rule, level, status, summary, opened_at,
        updated_at)
      VALUES (${collector.projectId}, 'acme', ${id}, 'other', 'outreach', 'open',
        'Nobody acknowledged in time. ACME: healthy → at risk (64). Usage −9.', '2026-06-14', '2026-06-14')`;
    const inbox = (await get("/dashboard/alerts")).replace(/\s+/g, " ");
    expect(inbox).toContain("in time. From healthy to at risk (score 64). Usage −9.");
    expect(inbox).toContain("Score today 60 ·");
    const page = (await get(`/dashboard/alerts/${id}`)).replace(/\s+/g, " ");
    expect(page).toContain("Today: At risk 60 of 100");
  });
});

describe("a model that nobody checked for a quarter", () => {
  it("is said to be due on the book, in the inbox and in the review", async () => {
    expect(await get("/dashboard")).not.toContain("is due for a review");
    collector.now += 91 * DAY_MS;
    cookie = await signOwnerIn(collector, opened.database);
    for (const path of ["/dashboard", "/dashboard/alerts", "/dashboard/review"]) {
      expect(await get(path), path).toContain("is due for a review");
    }
  });
});
