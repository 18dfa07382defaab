import { DEFAULT_MODEL, measureSignals, type SignalSpec } from "@telltale/scoring";
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, DAY_MS, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { toDayNumber } from "./civil-day.ts";
import { factsOnDay, historyDays, readFacts } from "./read-facts.ts";

const test = useTestDatabase();

const modelOf = (...signals: Partial<SignalSpec>[]) => ({
  ...DEFAULT_MODEL,
  components: [],
  signals: signals.map(
    (spec): SignalSpec => ({
      key: spec.kind as string,
      label: spec.kind as string,
      kind: "raw_score",
      windowDays: 28,
      halfLifeDays: null,
      staleAfterDays: 365,
      per: "account",
      ...spec,
    }),
  ),
});

describe("reading facts", () => {
  let collector: TestCollector;
  const measure = async (...signals: Partial<SignalSpec>[]) => {
    const { now, projectId } = collector;
    const model = modelOf(...signals);
    const today = toDayNumber(new Date(now).toISOString().slice(0, 10));
    const span = { model, now, today };
    const [found] = await readFacts(test.database.sql, projectId, ["acme"], span);
    if (!found) throw new Error("there is no account");
    return measureSignals({ facts: found.facts, model, now, today }).map((one) => one.value);
  };

  beforeAll(async () => {
    collector = await createTestCollector(test.database);
    const use = (daysAgo: number, feature: string, userId = "ann") => ({
      type: "track",
      event: "Feature Used",
      properties: { feature },
      userId,
      context: { groupId: "acme" },
      timestamp: new Date(collector.now - daysAgo * DAY_MS).toISOString(),
    });
    const team = ["ann", "bob", "cid", "dan"];
    await collector.send(
      ...team.map((userId) => use(300, "report", userId)),
      use(299, "share"),
      use(200, "export"),
      use(3, "export"),
    );
  });

  it("weighs what browsers measured, of the vitals that the model names", async () => {
    const vital = (name: string, value: unknown, at: number) => ({
      type: "track",
      event: "Web Vital",
      properties: { name, value },
      userId: "ann",
      context: { groupId: "acme" },
      timestamp: new Date(collector.now - 5 * DAY_MS + at).toISOString(),
    });
    await collector.send(
      ...[100, 200, 300, 400, 500].map((value, i) => vital("INP", value, i)),
      vital("LCP", 2_500, 0),
      vital("INP", "slow", 9),
    );
    const values = await measure(
      { kind: "web_vital", vital: "INP" },
      { kind: "web_vital", vital: "CLS", key: "cls" },
    );
    expect(values).toEqual([400, null]);
    // Of a busy day the first fifty stand for all.
    await collector.send(...Array.from({ length: 60 }, (_, i) => vital("CLS", i < 50 ? 1 : 9, i)));
    expect(await measure({ kind: "web_vital", vital: "CLS" })).toEqual([1]);
  });

  it("weighs comments by the rating beside them, or by clear words, for models that ask", async () => {
    const comment = async (daysAgo: number, text: string, rating: number | null) => {
      const impression = v7();
      const at = (later: number) =>
        new Date(collector.now - daysAgo * DAY_MS + later).toISOString();
      const answer = (
        measure: string,
        rest: { value100: number | null; text: string | null },
        later: number,
      ) =>
        test.database.sql`
          INSERT INTO survey_responses (project_id, account_id, impression_id, question_id,
            survey_id, user_id, measure, value_100, text, answered_at)
          VALUES (${collector.projectId}, 'acme', ${impression}, ${measure}, ${impression}, 'ann',
            ${measure}, ${rest.value100}, ${rest.text}, ${at(later)}::timestamptz)`;
      if (rating !== null) await answer("csat", { value100: rating, text: null }, 0);
      await answer("comment", { value100: null, text }, 1);
    };
    await comment(9, "It crashes every time", 50);
    await comment(8, "It crashes every time", null);
    await comment(7, "Export to Excel please", null);
    const trajectory = { kind: "sentiment_trajectory", key: "trajectory" } as const;
    const values = await measure({ kind: "comments" }, { kind: "csat" }, trajectory);
    expect(values).toEqual([(50 + 12.5) / 2, 50, null]);
    expect(await measure({ kind: "csat" }, trajectory)).toEqual([50, null]);
  });

  it("reaches back to the first moment of value, however short the window", async () => {
    const [days] = await measure({ kind: "time_to_value", path: ["share"] });
    expect(days).toBe(1);
  });

  it("knows the path and the returns of an account's whole life", async () => {
    const path = ["report", "share", "export"];
    const values = await measure(
      { kind: "path_adherence", path },
      { kind: "critical_return", features: ["export"] },
    );
    expect(values).toEqual([1, 1]);
  });

  it("compares the users of today with the most of a year", async () => {
    expect(await measure({ kind: "seat_coverage" })).toEqual([1 / 4]);
  });

  it("cuts a day that stands out, also at the far end of the window", async () => {
    const { projectId, now } = collector;
    const day = (daysAgo: number) => new Date(now - daysAgo * DAY_MS).toISOString().slice(0, 10);
    for (let daysAgo = 1; daysAgo <= 60; daysAgo++) {
      await test.database.sql`
        INSERT INTO daily_usage VALUES (${projectId}, 'acme', ${day(daysAgo)}, 'ann', 'Opened', '',
          ${daysAgo === 25 ? 900 : 10}, 0, ${day(daysAgo)}::timestamptz)`;
    }
    const [points] = await measure({ ignoredEvents: ["Feature Used", "Web Vital"] });
    expect(points).toBe(27 * 10 + 22.5);
    await test.database.sql`
      DELETE FROM daily_usage WHERE project_id = ${projectId} AND event = 'Opened'`;
  });

  it("makes up for days on which a series was silent for everybody", async () => {
    const { sql } = test.database;
    const { projectId, now } = collector;
    const lost = [3, 4];
    for (let daysAgo = 0; daysAgo < 28; daysAgo++) {
      const at = new Date(now - daysAgo * DAY_MS).toISOString();
      if (lost.includes(daysAgo)) {
        await sql`
          INSERT INTO incidents VALUES (${projectId}, 'tickets', ${at}::timestamptz::date, 50, 0,
            10, 0, ${at})`;
      } else {
        await sql`
          INSERT INTO observations (project_id, account_id, series, observed_at, value, source)
          VALUES (${projectId}, 'acme', 'tickets', ${at}, 2, 'desk')`;
      }
    }
    const [tickets] = await measure({ kind: "external", series: "tickets", aggregate: "sum" });
    expect(tickets).toBeCloseTo(56, 9);
  });

  it("knows of a past day no answer that came after it", async () => {
    const { sql } = test.database;
    const { projectId, now } = collector;
    const dayEnd = Date.parse("2026-06-11T00:00:00Z") - 1;
    const show = (at: number, answeredAt: number | null) => sql`
      INSERT INTO prompt_impressions (project_id, id, survey_id, account_id, user_id, state,
        claimed_at, shown_at, answered_at)
      VALUES (${projectId}, ${v7()}, ${v7()}, 'acme', 'ann', 'shown', ${new Date(at)},
        ${new Date(at)}, ${answeredAt === null ? null : new Date(answeredAt)})`;
    for (const daysAgo of [40, 50, 60]) await show(dayEnd - daysAgo * DAY_MS, dayEnd - 39 * DAY_MS);
    await show(dayEnd - 5 * DAY_MS, null);
    await show(dayEnd - 7_200_000, dayEnd + 1_000);
    await show(dayEnd - 60_000, dayEnd + 60_000);
    const model = modelOf({ kind: "silence" });
    const today = toDayNumber("2026-06-10");
    const silenceOn = async (read: { now: number; today: number; earlierDays?: number }) => {
      const [found] = await readFacts(sql, projectId, ["acme"], { model, ...read });
      if (!found) throw new Error("there is no account");
      const facts = factsOnDay(found.facts, { model, now: dayEnd, today });
      return measureSignals({ facts, model, now: dayEnd, today })[0];
    };
    const alone = await silenceOn({ now: dayEnd, today });
    // Of two prompts that told anything by then, none was answered.
    expect(alone).toMatchObject({ sampleSize: 2, value: 2.5 / 3 - 0.5 / 4 });
    const later = { now, today: toDayNumber("2026-06-15"), earlierDays: 10 };
    expect(await silenceOn(later)).toEqual(alone);
  });

  it("reads no more than it needs", () => {
    expect(historyDays(modelOf({ windowDays: 28 }, { kind: "csat", windowDays: 180 }))).toBe(180);
    expect(historyDays(modelOf({ windowDays: 28 }))).toBe(56);
    expect(historyDays(DEFAULT_MODEL)).toBe(180 + 28);
    const series = { kind: "external" as const, aggregate: "last" as const, staleAfterDays: 90 };
    expect(historyDays(modelOf({ ...series, series: "seats", windowDays: 7 }))).toBe(90);
  });
});
