import { expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { createIngestion } from "../ingest/create-ingestion.ts";
import { listProjects } from "../projects/queries.ts";
import { storeSimulatedBook } from "./store-simulated-book.ts";

const test = useTestDatabase();

it("stores use, answers, contract values and outcomes of the whole span, once", async () => {
  const { db, sql } = test.database;
  const collector = await createTestCollector(test.database);
  const clock = () => collector.now;
  const project = (await listProjects(db)).find(({ id }) => id === collector.projectId);
  if (!project) throw new Error("the project is missing");
  const deps = { db, sql, clock, eventWriter: createIngestion(sql, clock) };
  const store = () =>
    storeSimulatedBook(deps, project, { accounts: 12, days: 120, seed: "store-test" });
  const stored = await store();
  const count = async (table: string) => {
    const [row] = await sql<{ n: number }[]>`
      SELECT count(*)::int AS n FROM ${sql(table)} WHERE project_id = ${collector.projectId}`;
    return row?.n ?? 0;
  };
  const counts = async () => ({
    accounts: await count("accounts"),
    events: await count("events"),
    answers: await count("survey_responses"),
    outcomes: await count("outcomes"),
    observations: await count("observations"),
  });
  const first = await counts();
  expect(first).toMatchObject({ accounts: 12, outcomes: stored.outcomes });
  expect(first.events).toBeGreaterThan(stored.messages);
  expect(first.answers).toBeGreaterThan(30);
  expect(first.observations).toBeGreaterThan(12);
  const [earliest] = await sql<{ age: number }[]>`
    SELECT extract(day FROM ${new Date(collector.now).toISOString()}::timestamptz - min(answered_at))::int
      AS age FROM survey_responses WHERE project_id = ${collector.projectId}`;
  expect(earliest?.age).toBeGreaterThan(60);
  await store();
  expect(await counts()).toEqual(first);
});
