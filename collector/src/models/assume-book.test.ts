import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { insertBook } from "../../test/insert-book.ts";
import { readStandings, type StandingBook } from "../dashboard/model/read-standings.ts";
import { toDraftDocument } from "../dashboard/model/trial.ts";
import { findProject } from "../projects/find-project.ts";
import { refreshNorms } from "../scores/refresh-norms.ts";
import { rescoreAccounts } from "../scores/rescore-accounts.ts";
import { assumeBook, type BookAssumption } from "./assume-book.ts";
import { tryScenario } from "./run-scenario.ts";
import { saveDraft } from "./save-draft.ts";

const opened = useTestDatabase();
let collector: TestCollector;
let book: StandingBook;

const projectOf = async () => {
  const project = await findProject(opened.database.sql, collector.projectId);
  if (!project) throw new Error("the project is there");
  return project;
};
const assume = (assumption: Partial<BookAssumption>) =>
  assumeBook(book.accounts, book.judge, {
    assumption: { model: book.judge.model, signals: [], affects: () => true, ...assumption },
    now: collector.now,
  });

beforeAll(async () => {
  const { sql } = opened.database;
  collector = await createTestCollector(opened.database);
  const { projectId, now } = collector;
  await insertBook(sql, projectId, { accounts: 40, days: 90, seed: "assume", now });
  await refreshNorms(sql, await projectOf(), now - 1);
  const ids = (await sql`SELECT account_id FROM accounts`).map((row) => row.account_id as string);
  const deps = { sql, clock: collector.clock, publicUrl: "http://telltale.test" };
  await rescoreAccounts(deps, await projectOf(), ids, { now });
  book = await readStandings(sql, projectId, { accountId: null, now });
});

describe("assumeBook", () => {
  it("finds the scores that are stored, to a hair, when nothing is assumed", async () => {
    const stored = new Map(
      (await opened.database.sql`SELECT account_id, score FROM account_health`).map((row) => [
        row.account_id as string,
        row.score as number,
      ]),
    );
    const { accounts, comparison } = assume({});
    expect(accounts.length).toBeGreaterThan(20);
    for (const { account, before, after } of accounts) {
      expect(before.score).toBeCloseTo(stored.get(account.accountId) ?? Number.NaN, 9);
      expect(after.score).toBe(before.score);
    }
    expect(comparison.moves).toEqual([]);
  });

  it("moves scores by other weights and signals as the engine does from all facts", async () => {
    const { sql } = opened.database;
    const trial = { weights: new Map([["velocity", 5]]), healthyFrom: 65, criticalBelow: 35 };
    const keys = book.judge.model.components.map(({ key }) => key);
    for (const key of keys) if (!trial.weights.has(key)) trial.weights.set(key, 20);
    const document = toDraftDocument(book.judge.model, trial, "trial.1");
    const draft = { document, author: "a test", rationale: "to compare", now: collector.now };
    await saveDraft(sql, { projectId: collector.projectId, ...draft });
    const signals = [
      { signal: book.judge.model.signals[0]?.key ?? "", times: 1.5 },
      { signal: book.judge.model.signals[2]?.key ?? "", plus: 0.1 },
    ];
    const whole = await tryScenario(sql, await projectOf(), {
      version: "trial.1",
      now: collector.now,
      assumption: { label: "trial", signals },
    });
    const quick = assume({ model: document, signals });
    expect(quick.comparison.moves.length).toBeGreaterThan(0);
    expect(quick.comparison.moves.map(({ accountId, to }) => [accountId, to])).toEqual(
      whole.comparison.moves.map(({ accountId, to }) => [accountId, to]),
    );
    expect(quick.comparison.meanMove).toBeCloseTo(whole.comparison.meanMove ?? Number.NaN, 6);
  });

  it("leaves accounts alone that it is not about", () => {
    const [first] = book.accounts;
    const { accounts } = assume({
      signals: [{ signal: book.judge.model.signals[0]?.key ?? "", times: 0 }],
      affects: ({ accountId }) => accountId === first?.accountId,
    });
    const moved = accounts.filter(({ before, after }) => before.score !== after.score);
    expect(moved.map(({ account }) => account.accountId)).toEqual([first?.accountId]);
  });
});
