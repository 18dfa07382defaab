import { describe, expect, it } from "vitest";
import { storeSimulatedBook } from "../src/demo/store-simulated-book.ts";
import { createIngestion } from "../src/ingest/create-ingestion.ts";
import { examine } from "../src/operations/examine.ts";
import { examineCluster } from "../src/operations/examine-cluster.ts";
import { recountUsage } from "../src/operations/recount-usage.ts";
import { createCollectorOn, withoutWorker } from "./cluster.ts";
import type { TestCollector } from "./collector.ts";
import { toDashboardPaths } from "./dashboard-paths.ts";
import { signOwnerIn, visit } from "./dashboard-visitor.ts";
import { useTestDatabase } from "./database.ts";
import { addSurvey, ask } from "./surveys.ts";

const test = useTestDatabase();
/** Of nothing. */
const ID = "0198c7a0-0000-7000-8000-000000000001";

describe("a worker that is away", () => {
  it("tells, in /readyz, in the figures, in answers and to the doctor, that a worker is away", async () => {
    const { sql } = test.database;
    const collector = await createCollectorOn(test.database, 1);
    const look = async () => {
      const ready = await collector.app.request("/readyz");
      const figures = await (await collector.app.request("/metrics")).text();
      const [cluster] = (await examineCluster(sql)).findings;
      const { status } = (await ready.json()) as { status: string };
      return [
        ready.status,
        status,
        /^telltale_database_up (\d)/m.exec(figures)?.[1],
        cluster?.isGood,
      ];
    };
    expect(await look()).toEqual([200, "ok", "1", true]);
    await withoutWorker(test.database, 1, async () => {
      expect(await look()).toEqual([200, "degraded", "0", false]);
      const findings = await examine(sql, { nowMs: 0, recount: "nothing", appSecret: null });
      expect(findings.at(-2)?.detail).toMatch(
        /^1 of 2 workers answer; no answer from [^;]+:1(;|$)/,
      );
      expect(findings.at(-1)?.detail).toMatch(/^not examined, .* partitions, queues, /);
      const event = { type: "track", event: "x", userId: "ann" };
      const refused = await collector.call("POST", "/v1/batch", { batch: [event] });
      expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "1"]);
      await withoutWorker(test.database, 2, async () => {
        expect(await look()).toEqual([503, "unavailable", "0", false]);
      });
    });
    expect(await look()).toEqual([200, "ok", "1", true]);
  });

  it("stores for projects of the workers that are there, whoever shares their commits", async () => {
    const { sql } = test.database;
    const away = await createCollectorOn(test.database, 1);
    const here = await createCollectorOn(test.database, 2);
    const send = async ({ secretKey }: TestCollector, message: Record<string, unknown>) => {
      const headers = { authorization: `Bearer ${secretKey}`, "content-type": "application/json" };
      const body = JSON.stringify({ batch: [{ userId: "ann", ...message }] });
      const response = await here.app.request("/v1/batch", { method: "POST", headers, body });
      return response.status;
    };
    const known = { type: "track", event: "Opened", context: { groupId: "acme" } };
    await send(here, known);
    const sendToAll = (message: Record<string, unknown>) =>
      Promise.all([away, here, away, here].map((to) => send(to, message)));
    const onlyHere = [503, 200, 503, 200];
    const first = { ...known, event: "New", messageId: "one" };
    const ofEveryKind: Record<string, unknown>[] = [
      known,
      first,
      // What comes again is found out by a way of its own.
      first,
      { ...known, event: "Milestone Reached", properties: { milestone: "live" } },
      { type: "page", name: "Home", userId: undefined, anonymousId: "v1" },
      { type: "identify", userId: "bob", anonymousId: "v1", traits: { plan: "pro" } },
      { type: "group", userId: "bob", groupId: "acme", traits: { name: "Acme" } },
      { type: "alias", previousId: "v2" },
      { ...known, event: "" },
    ];
    await withoutWorker(test.database, 1, async () => {
      for (const message of ofEveryKind) {
        expect([message, await sendToAll(message)]).toEqual([message, onlyHere]);
      }
    });
    expect(await send(away, known)).toBe(200);
    const rows = await sql`SELECT 1 FROM events WHERE project_id = ${here.projectId}`;
    expect(rows).toHaveLength(14);
    expect(await recountUsage(sql, { projectId: here.projectId })).toEqual([]);
  });

  it("keeps nobody from reading what lies on the others, nor from surveys and outcomes there", async () => {
    const { db, sql } = test.database;
    const here = await createCollectorOn(test.database, 2);
    const { projectId: id, clock } = here;
    const eventWriter = createIngestion(sql, clock);
    const project = { id, name: "Test", timeZone: "UTC", settings: {} };
    const book = { accounts: 3, days: 60, seed: "away" };
    await storeSimulatedBook({ db, sql, clock, eventWriter }, project, book);
    await here.settle();
    const cookie = await signOwnerIn(here, test.database);
    await visit(here, "/dashboard/project", { cookie, form: { project: id } });
    const [{ accountId } = { accountId: "" }] = await sql<{ accountId: string }[]>`
      SELECT account_id AS "accountId" FROM account_health WHERE project_id = ${id} LIMIT 1`;
    const { paths } = await (await here.app.request("/openapi.json")).json();
    const readable = Object.keys(paths).filter((path) => "get" in paths[path]);
    let survey = "";
    const read = async () => {
      const idIn = (path: string): string => {
        if (path.startsWith("/v1/accounts")) return accountId;
        if (path.startsWith("/v1/models")) return "default.1";
        return path.startsWith("/v1/surveys") ? survey : ID;
      };
      const answers: string[] = [];
      for (const path of readable) {
        const { status } = await here.call("GET", path.replaceAll(/\{[^}]+\}/g, idIn(path)));
        answers.push(`${path} ${status}`);
      }
      for (const page of toDashboardPaths({
        alert: ID,
        survey,
        endpoint: ID,
        experiment: "none",
      })) {
        const path = page.replace("northwind-studio", accountId);
        answers.push(`${path} ${(await visit(here, path, { cookie })).status}`);
      }
      return answers;
    };
    let answers: string[] = [];
    await withoutWorker(test.database, 1, async () => {
      survey = await addSurvey(here, "away");
      await ask(here, survey, {
        userId: "ann",
        accountId,
        answers: [{ question_id: "rating", value: 4 }],
      });
      const outcomes = [{ accountId, kind: "renewed", occurredOn: "2026-06-01" }];
      expect((await here.call("POST", "/v1/outcomes", { outcomes })).status).toBe(200);
      answers = await read();
    });
    expect(answers).toEqual(await read());
    expect(answers.filter((answer) => answer.endsWith(" 200")).length).toBeGreaterThan(80);
  });
});
