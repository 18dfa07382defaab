import { DEFAULT_MODEL } from "@telltale/scoring";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { joinProject, visit } from "../../test/dashboard-visitor.ts";
import { useTestDatabase } from "../../test/database.ts";
import { insertBook } from "../../test/insert-book.ts";

// Each of these judges a whole history, some of them twice.
vi.setConfig({ testTimeout: 90_000 });
const test = useTestDatabase();

/** The default with all weight on the trend. */
const draftOf = (version: string, weights: { [component: string]: number }) => ({
  ...DEFAULT_MODEL,
  version,
  components: DEFAULT_MODEL.components.map((component) => ({
    ...component,
    weight: weights[component.key] ?? component.weight,
  })),
});

describe("the routes of models", () => {
  let collector: TestCollector;
  let churned: number;

  beforeAll(async () => {
    collector = await createTestCollector(test.database);
    const book = { accounts: 80, days: 160, seed: "models", now: collector.now };
    churned = await insertBook(test.database.sql, collector.projectId, book);
    expect(churned).toBeGreaterThan(10);
  });

  const draft = (document: object) =>
    collector.call("POST", "/v1/models", { document, author: "Ada", rationale: "A try." });

  it("refuses a document with faults, pointing at each", async () => {
    const weights = { usage: 0.9, trend: 0.9 };
    const response = await draft({ ...draftOf("faulty.1", weights), minCoverage: 7 });
    const { errors } = await response.json();
    expect(response.status).toBe(400);
    expect(errors.map((error: { pointer: string }) => error.pointer)).toEqual(
      expect.arrayContaining(["/document/components", "/document/minCoverage"]),
    );
  });

  it("refuses what is no model at all field by field, in its own words", async () => {
    const given = {
      ...DEFAULT_MODEL,
      version: 7,
      signals: [{ key: "s" }],
      components: "none",
      tiers: undefined,
    };
    const response = await collector.call("POST", "/v1/models", { document: given, author: 3 });
    const { errors } = await response.json();
    expect(response.status).toBe(400);
    expect(errors).toEqual(
      expect.arrayContaining([
        { pointer: "/author", detail: "must be text" },
        { pointer: "/rationale", detail: "is needed (text)" },
        { pointer: "/document/version", detail: "must be a text that is not empty" },
        { pointer: "/document/signals/0/windowDays", detail: "must be a number from 7 to 365" },
        { pointer: "/document/components", detail: "must be a list" },
        { pointer: "/document/tiers", detail: "must be an object" },
      ]),
    );
    const pointers = errors.map((error: { pointer: string }) => error.pointer);
    expect(new Set(pointers).size).toBe(pointers.length);
    expect(JSON.stringify(errors)).not.toMatch(/Invalid|expected/);
    const none = await collector.call("POST", "/v1/models", { author: "A", rationale: "B" });
    expect((await none.json()).errors).toEqual([
      { pointer: "/document", detail: "is needed (an object)" },
    ]);
    const empty = { method: "POST", headers: { authorization: `Bearer ${collector.secretKey}` } };
    for (const nothing of [
      await collector.call("POST", "/v1/models", null),
      await collector.app.request("/v1/models", empty),
    ]) {
      expect(nothing.status).toBe(400);
      expect((await nothing.json()).errors).not.toEqual([]);
    }
    for (const unit of ["a\u0000b", "\ud83d"]) {
      const unstorable = await draft({ ...DEFAULT_MODEL, version: "nul.1", unit });
      expect(unstorable.status).toBe(400);
    }
    const escaped = await draft({ ...DEFAULT_MODEL, version: "nul.2", unit: "a\\u0000b" });
    expect(escaped.status).toBe(201);
    const path = `/v1/models/${DEFAULT_MODEL.version}/evaluation?horizonDays=0`;
    const { errors: ofQuery } = await (await collector.call("GET", path)).json();
    expect(ofQuery).toEqual([{ pointer: "/horizonDays", detail: "must be 1 or more" }]);
  });

  it("tells what a draft changes and what is odd about it", async () => {
    const keys = DEFAULT_MODEL.components.map((component) => component.key);
    const zero = Object.fromEntries(keys.map((key) => [key, 0]));
    const response = await draft(draftOf("trend.1", { ...zero, [keys[0] as string]: 1 }));
    const model = await response.json();
    expect(response.status).toBe(201);
    expect(model.status).toBe("draft");
    expect(model.differences.length).toBeGreaterThan(1);
    expect(model.lint.length).toBeGreaterThan(0);
  });

  it("evaluates the model in force against outcomes, with intervals", async () => {
    await collector.call("GET", "/v1/models");
    const path = `/v1/models/${DEFAULT_MODEL.version}/evaluation?horizonDays=30`;
    const { evaluation, fairness } = await (await collector.call("GET", path)).json();
    const { areaUnderCurve, predictionAccuracy } = evaluation.overall;
    expect(evaluation.outcomes.churned).toBeGreaterThan(10);
    expect(areaUnderCurve.value).toBeGreaterThan(0.7);
    expect(areaUnderCurve.interval[0]).toBeLessThan(areaUnderCurve.value);
    expect(predictionAccuracy.status).toBe("ok");
    expect(Object.keys(evaluation.segments).length).toBeGreaterThan(0);
    expect(fairness.length).toBeGreaterThan(0);
  });

  it("counts an outcome as soon as it is told, and says what it can't use", async () => {
    const path = `/v1/models/${DEFAULT_MODEL.version}/evaluation?horizonDays=30`;
    const evaluate = async () => (await collector.call("GET", path)).json();
    await collector.call("GET", "/v1/models");
    const before = await evaluate();
    expect(before.notes).toEqual([expect.stringMatching(/^1 of \d+ outcomes had no score/)]);
    const [account] = await test.database.sql<{ id: string }[]>`
      SELECT account_id AS id FROM accounts WHERE project_id = ${collector.projectId} LIMIT 1`;
    const day = (offset: number) =>
      new Date(collector.now + offset * 86_400_000).toISOString().slice(0, 10);
    const outcome = { accountId: account?.id, kind: "expanded", occurredOn: day(-2) };
    await collector.call("POST", "/v1/outcomes", {
      outcomes: [
        outcome,
        outcome,
        { ...outcome, occurredOn: "2001-01-01" },
        { ...outcome, occurredOn: day(30) },
        { ...outcome, accountId: "nobody" },
      ],
    });
    const after = await evaluate();
    expect(after.evaluation.outcomes.n).toBe(before.evaluation.outcomes.n + 2);
    expect(after.notes).toEqual([
      "1 outcome in the future: left out until then.",
      "1 outcome of 1 account that never sent anything: left out. Check the ids, such as nobody.",
      expect.stringMatching(/^2 of \d+ outcomes had no score 30 days before/),
    ]);
    await test.database.sql`
      DELETE FROM outcomes WHERE project_id = ${collector.projectId} AND kind = 'expanded'
        AND (account_id = 'nobody' OR occurred_on IN ('2001-01-01', ${day(-2)}, ${day(30)}))`;
  });

  it("suggests weights that sum to one, and leaves the model alone", async () => {
    const path = `/v1/models/${DEFAULT_MODEL.version}/calibration?horizonDays=30`;
    const { weights, thresholds } = await (await collector.call("GET", path)).json();
    const sum = Object.values<number>(weights.weights).reduce((all, one) => all + one, 0);
    expect(weights.status).toBe("ok");
    expect(sum).toBeCloseTo(1, 6);
    expect(thresholds.curve.length).toBeGreaterThan(2);
    const { data } = await (await collector.call("GET", "/v1/models")).json();
    const current = data.find((model: { isCurrent: boolean }) => model.isCurrent);
    expect(current.version).toBe(DEFAULT_MODEL.version);
  });

  it("publishes a draft after a backtest only, and then never changes it", async () => {
    const document = draftOf("same.1", {});
    await draft(document);
    const publication = { author: "Ada", rationale: "The same, to see." };
    const publish = () => collector.call("POST", "/v1/models/same.1/publish", publication);
    expect((await publish()).status).toBe(409);
    const backtest = await collector.call("POST", "/v1/models/same.1/backtest?horizonDays=30");
    const result = await backtest.json();
    expect(result).toMatchObject({ status: "ok", isWorse: false, against: DEFAULT_MODEL.version });
    expect((await publish()).status).toBe(200);
    expect((await draft(document)).status).toBe(409);
    const { data } = await (await collector.call("GET", "/v1/models")).json();
    expect(data.filter((model: { isCurrent: boolean }) => model.isCurrent)).toMatchObject([
      { version: "same.1", author: "Ada" },
    ]);
  });

  it("works out an assumption without storing anything", async () => {
    const before = await test.database.sql`SELECT count(*)::int FROM scores`;
    const response = await collector.call("POST", "/v1/models/same.1/scenario", {
      label: "Everybody exports",
      adoption: { feature: "export", shareOfUsers: 0.5, usesPerUserDay: 2, days: 28 },
    });
    const result = await response.json();
    expect(response.status).toBe(200);
    expect(result.label).toBe("Everybody exports");
    expect(result.value.before).toHaveProperty("healthy");
    expect(await test.database.sql`SELECT count(*)::int FROM scores`).toEqual(before);
  });

  it("audits each signal, and compares a feature's users with like accounts", async () => {
    const audit = await collector.call("GET", `/v1/models/${DEFAULT_MODEL.version}/audit`);
    const { data } = await audit.json();
    expect(data.map((one: { key: string }) => one.key)).toEqual(
      DEFAULT_MODEL.signals.map((signal) => signal.key),
    );
    // Those that left are silent in every signal alike, which says nothing about the signals.
    expect(data[0].n).toBeGreaterThan(10);
    expect(data[0].n).toBeLessThanOrEqual(80 - churned);
    const { data: features } = await (await collector.call("GET", "/v1/features")).json();
    expect(features[0]).toMatchObject({ adoptionShare: expect.any(Number) });
    const path = `/v1/features/${features[0].key}/impact`;
    const impact = await (await collector.call("GET", path)).json();
    expect(impact.adopters + impact.others).toBe(80 - churned);
    expect(impact.sentence).toContain(impact.status === "ok" ? "association" : "Too few");
  });

  it("scores a shadow model without showing it", async () => {
    await collector.call("POST", "/v1/score", {});
    const { components } = DEFAULT_MODEL;
    const turned = components.map(({ key }, i) => [key, components.at(-1 - i)?.weight ?? 0]);
    expect((await draft(draftOf("shadow.1", Object.fromEntries(turned)))).status).toBe(201);
    const shown = await test.database.sql`
      SELECT account_id, score FROM account_health WHERE project_id = ${collector.projectId} ORDER BY 1`;
    const body = { isShadow: true };
    const response = await collector.call("PUT", "/v1/models/shadow.1/shadow", body);
    const { comparison, day } = await response.json();
    expect(response.status).toBe(200);
    expect(day).toBe("2026-06-15");
    expect(comparison.accounts).toBe(80);
    expect(comparison.meanMove).toBeGreaterThan(0.5);
    const after = await test.database.sql`
      SELECT account_id, score FROM account_health WHERE project_id = ${collector.projectId} ORDER BY 1`;
    expect(after).toEqual(shown);
  });

  it("judges a release segment by segment, from a week after it on", async () => {
    const releasedAt = new Date(collector.now - 20 * 86_400_000).toISOString();
    await collector.call("POST", "/v1/releases", { version: "2.0", releasedAt });
    await collector.call("POST", "/v1/releases", { version: "2.1" });
    const early = await collector.call("GET", "/v1/releases/2.1/watch");
    expect(early.status).toBe(409);
    const watch = await (await collector.call("GET", "/v1/releases/2.0/watch")).json();
    expect(watch).toMatchObject({ version: "2.0", daysAfter: 14 });
    expect(watch.findings.length).toBeGreaterThan(1);
    // Nothing happened to anybody, so nothing is found.
    expect(watch.findings.some((one: { isRegression: boolean }) => one.isRegression)).toBe(false);
  });

  it("goes on by a stored model that rules of a later release refuse", async () => {
    const { sql } = test.database;
    const old = await createTestCollector(test.database);
    const { version } = DEFAULT_MODEL;
    await old.call("GET", "/v1/models");
    const dates = { calibratedAt: "last spring", effectiveFrom: "2026-02-30" };
    const later = { referenceSegments: ["constructor"], ...dates };
    await sql`
      UPDATE model_versions SET document = document || ${JSON.stringify(later)}::text::jsonb
      WHERE project_id = ${old.projectId}`;
    await old.send({ type: "track", event: "Opened", userId: "u", context: { groupId: "acme" } });
    expect((await old.call("POST", "/v1/score")).status).toBe(200);
    const health = await old.call("GET", "/v1/accounts/acme/health");
    expect(await health.json()).toMatchObject({ accountId: "acme", modelVersion: version });
    const cookie = await joinProject(old, test.database, "viewer");
    for (const path of ["/dashboard/model", "/dashboard/accounts/acme"]) {
      expect([path, (await visit(old, path, { cookie })).status]).toEqual([path, 200]);
    }
    const stored = await (await old.call("GET", `/v1/models/${version}`)).json();
    const copy = {
      document: { ...stored.document, version: "new.1" },
      author: "A",
      rationale: "B",
    };
    const { errors } = await (await old.call("POST", "/v1/models", copy)).json();
    expect(errors.map((error: { pointer: string }) => error.pointer)).toEqual([
      "/document/effectiveFrom",
      "/document/calibratedAt",
      "/document/referenceSegments/0",
    ]);
  });

  it("answers 404 for a model of another project", async () => {
    const other = await createTestCollector(test.database);
    for (const path of ["", "/evaluation", "/calibration"]) {
      expect((await other.call("GET", `/v1/models/same.1${path}`)).status).toBe(404);
    }
  });
});
