import type { Json } from "@telltale/protocol";
import { simulateBook } from "@telltale/scoring";
import { BOOK_NAMES } from "./book-names.ts";
import { type SimulatedAccount, toSimulatedAccount } from "./simulated-account.ts";

const BOOK_DAYS = 90;
/** Chosen among forty for its spread: some critical, some at risk, most healthy, two too new to say. */
const SEED = "ledgerline 39";

/** What the simulated product's features are called in the demo product. */
const FEATURE_NAMES: { [simulated: string]: string } = {
  dashboard: "filter",
  search: "remind",
  reports: "report-range",
  comments: "schedule",
  export: "export",
  filters: "statement",
  sharing: "share-report",
  automation: "recurring",
  integrations: "bank-feed",
  templates: "templates",
  "audit-log": "approvals",
  "api-keys": "api",
};

/**
 * The accounts around the demo account: busy ones, quiet ones, fading, silent and new ones. The
 * same day gives the same book.
 *
 * @param today - day number: days since 1970-01-01; the book ends on the day before
 */
export function* simulateDemoBook(today: number): Generator<SimulatedAccount> {
  const book = simulateBook({
    accounts: BOOK_NAMES.length,
    seed: SEED,
    lastDay: today - 1,
    days: BOOK_DAYS,
  });
  let number = 0;
  for (const { contractValue, facts } of book) {
    const [name, industry] = BOOK_NAMES[number++] as (typeof BOOK_NAMES)[number];
    const id = name.toLowerCase().replace(/[^a-z]+/g, "-");
    const traits: { [key: string]: Json } = {
      name,
      industry,
      plan: facts.segments[0] ?? "starter",
      seats: facts.seats ?? 1,
      contract_value: contractValue,
    };
    yield toSimulatedAccount(facts, { id, traits }, ({ feature, count }) => ({
      feature: FEATURE_NAMES[feature ?? ""] ?? "filter",
      // Half of them tell the same, and are stored in half the time.
      count: Math.ceil(count / 2),
    }));
  }
}
