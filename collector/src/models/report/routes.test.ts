import { DEFAULT_MODEL } from "@telltale/scoring";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { createTestCollector, type TestCollector } from "../../../test/collector.ts";
import { useTestDatabase } from "../../../test/database.ts";
import { insertBook } from "../../../test/insert-book.ts";
import { createLogger } from "../../logger.ts";
import { makeDueReport } from "./report-loop.ts";

// Each report judges a whole history.
vi.setConfig({ testTimeout: 60_000 });
const test = useTestDatabase();
const PATH = `/v1/models/${DEFAULT_MODEL.version}/report`;

describe("the report on a model", () => {
  let collector: TestCollector;
  const logger = createLogger("silent");
  const clock = () => collector.now;
  const makeNext = (signal?: AbortSignal) =>
    makeDueReport({ sql: test.database.sql, clock, logger, ...(signal && { signal }) });
  const read = async () => (await collector.call("GET", PATH)).json();

  beforeAll(async () => {
    collector = await createTestCollector(test.database);
    const book = { accounts: 60, days: 160, seed: "report", now: collector.now };
    await insertBook(test.database.sql, collector.projectId, book);
    await collector.call("GET", "/v1/models");
  });

  it("is made once when it is asked for twice, and given back by a worker that stops", async () => {
    expect((await read()).status).toBe("none");
    expect((await collector.call("GET", `${PATH}/page`)).status).toBe(409);
    const asked = await collector.call("POST", PATH);
    expect([asked.status, (await asked.json()).status]).toEqual([202, "waiting"]);
    await collector.call("POST", PATH);
    expect(await makeNext(AbortSignal.abort())).toBe(false);
    expect((await read()).status).toBe("waiting");
    expect(await makeNext()).toBe(true);
    expect(await makeNext()).toBe(false);
    expect((await read()).status).toBe("done");
  });

  it("says at each horizon what the evaluation of that horizon says", async () => {
    const { report } = await read();
    const horizons = report.evaluations.map((one: { horizonDays: number }) => one.horizonDays);
    expect(horizons).toEqual([30, 60, 90]);
    const path = `/v1/models/${DEFAULT_MODEL.version}/evaluation?horizonDays=60`;
    const { evaluation } = await (await collector.call("GET", path)).json();
    const { outcomes, overall } = report.evaluations[1].evaluation;
    expect(outcomes.n).toBe(evaluation.outcomes.n);
    expect(overall.areaUnderCurve).toEqual(evaluation.overall.areaUnderCurve);
    expect(report.audit.length).toBe(DEFAULT_MODEL.signals.length);
  });

  it("is a page that needs nothing else and runs nothing", async () => {
    const response = await collector.call("GET", `${PATH}/page`);
    const html = await response.text();
    expect(response.headers.get("content-security-policy")).toMatch(/^default-src 'none'/);
    expect(html).toContain("Does the health score work?");
    expect(html).toContain("90 days before");
    expect(html).not.toMatch(/<script|src=|href=|NaN|undefined|\[object/);
  });

  it("tells why it could not be made, and can be asked for again", async () => {
    const { sql } = test.database;
    const { projectId } = collector;
    await collector.call("POST", PATH);
    await sql`UPDATE model_versions SET document = '{}' WHERE project_id = ${projectId}`;
    await makeNext();
    const failed = await read();
    expect([failed.status, failed.report !== null]).toEqual(["failed", true]);
    expect(failed.failure).not.toBe("");
    await collector.call("POST", PATH);
    expect((await read()).status).toBe("waiting");
  });
});
