import { type SimulatedAccount, simulateBook } from "@telltale/scoring";
import type { Db, Sql } from "../db/client.ts";
import type { EventWriter } from "../ingest/event-writer.ts";
import { recordObservations } from "../observations/record-observations.ts";
import { recordOutcomes } from "../outcomes/record-outcomes.ts";
import type { Project } from "../projects/queries.ts";
import { ensureDemoSurvey } from "../surveys/ensure-demo-survey.ts";
import { toSimulatedAccount } from "./simulated-account.ts";
import { storeAccount } from "./store-account.ts";

const DAY_MS = 86_400_000;

interface StoreBookDeps {
  db: Db;
  sql: Sql;
  eventWriter: EventWriter;
  clock: () => number;
}

/** What was stored, and the truth that the engine is to find. */
export interface StoredBook {
  accounts: number;
  messages: number;
  outcomes: number;
  churned: number;
}

/**
 * Makes a book of accounts whose true churn hazard is known and stores it as a product would have
 * sent it: events and answers by ingestion, contract values and outcomes as observations and
 * outcomes. Storing the same book twice stores it once.
 *
 * @param book - accounts, days and seed of the simulation; it ends on the day before today
 */
export async function storeSimulatedBook(
  deps: StoreBookDeps,
  project: Project,
  book: { accounts: number; days: number; seed: string },
  onProgress: (accounts: number) => void = () => {},
): Promise<StoredBook> {
  const lastDay = Math.floor(deps.clock() / DAY_MS) - 1;
  // Nobody is asked before a survey is live, so it was so from the first day.
  await ensureDemoSurvey(deps.db, project.id, () => (lastDay - book.days) * DAY_MS);
  const stored: StoredBook = { accounts: 0, messages: 0, outcomes: 0, churned: 0 };
  for (const simulated of simulateBook({ ...book, lastDay })) {
    const account = toStored(simulated);
    await storeAccount(deps, project, account);
    await storeNumbers(deps, project, simulated);
    stored.accounts += 1;
    stored.messages += account.messages.length;
    if (simulated.outcome) stored.outcomes += 1;
    if (simulated.outcome?.kind === "churned") stored.churned += 1;
    onProgress(stored.accounts);
  }
  return stored;
}

function toStored({ name, contractValue, facts }: SimulatedAccount) {
  const plan = facts.segments[0] ?? "starter";
  const traits = { name, plan, seats: facts.seats, contract_value: contractValue };
  return toSimulatedAccount(facts, { id: facts.accountId, traits }, (row) => ({
    feature: row.feature ?? row.event,
    count: row.count,
  }));
}

async function storeNumbers(
  deps: StoreBookDeps,
  project: Project,
  { facts, outcome }: SimulatedAccount,
): Promise<void> {
  const observations = facts.observations.map(({ series, at, value }) => ({
    accountId: facts.accountId,
    series,
    value,
    observedAt: new Date(at).toISOString(),
    source: "simulate",
  }));
  await recordObservations(deps.sql, project.id, observations, deps.clock());
  if (!outcome) return;
  const occurredOn = new Date(outcome.at).toISOString().slice(0, 10);
  const row = { ...outcome, occurredOn };
  await recordOutcomes(deps.sql, project.id, [row], deps.clock());
}
