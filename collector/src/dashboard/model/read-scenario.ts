import { quantileOf, type ScoringModel } from "@telltale/scoring";
import type { Sql } from "../../db/client.ts";
import { type AssumedBook, assumeBook, type StandingAccount } from "../../models/assume-book.ts";
import { Problem } from "../../problem.ts";
import type { Judge } from "../../scores/judge.ts";
import { readStandings, type StandingBook } from "./read-standings.ts";
import { type MovableSignal, parseSignalChanges } from "./signal-input.ts";
import { parseTrial, type TrialWeights, toDraftDocument } from "./trial.ts";

/** For whom something is assumed. Empty words mean everybody. */
export interface ScenarioScope {
  account: string;
  tier: string;
  segment: string;
}

/** A scenario, worked out. */
export interface Scenario {
  model: ScoringModel;
  scope: ScenarioScope;
  /** The account that is looked at alone; null for many. */
  account: StandingAccount | null;
  signals: MovableSignal[];
  trial: TrialWeights;
  result: AssumedBook;
  /** Whether anything is assumed at all. */
  isChanged: boolean;
  /** Segments to choose from. */
  segments: string[];
  /** The form as it was sent. */
  fields: (name: string) => string;
}

interface ScenarioQuestion {
  scope: ScenarioScope;
  field: (name: string) => string;
  /** Milliseconds since the epoch. */
  now: number;
}

/** What the weights and bounds of a form would do to a whole book. */
export function tryWeights(
  { accounts, judge }: StandingBook,
  trial: TrialWeights,
  now: number,
): AssumedBook {
  const model = toDraftDocument(judge.model, trial, judge.model.version);
  return assumeBook(accounts, judge, {
    assumption: { model, signals: [], affects: () => true },
    now,
  });
}

/**
 * Works out what a form assumes, for one account or for the book.
 *
 * @param readBook - the whole book, which may be remembered
 * @throws {Problem} not-found for an account that is not there; invalid-request
 */
export async function readScenario(
  sql: Sql,
  projectId: string,
  question: ScenarioQuestion,
  readBook: () => Promise<StandingBook>,
): Promise<Scenario> {
  const { scope, field, now } = question;
  const { accounts, judge } = scope.account
    ? await readStandings(sql, projectId, { accountId: scope.account, now })
    : await readBook();
  const account = scope.account ? (accounts[0] ?? null) : null;
  if (scope.account && !account) {
    throw new Problem("not-found", "There is no scored account of this id in this project.");
  }
  const signals = toMovable(judge, accounts, account);
  const trial = parseTrial(judge.model, field);
  const changes = parseSignalChanges(signals, field, account ? "one" : "many");
  const model = toDraftDocument(judge.model, trial, judge.model.version);
  const affects = ({ tier, segments }: StandingAccount) =>
    (scope.tier === "" || tier === scope.tier) &&
    (scope.segment === "" || segments.includes(scope.segment));
  const assumption = { model, signals: changes, affects };
  return {
    model: judge.model,
    scope,
    account,
    signals,
    trial,
    result: assumeBook(accounts, judge, { assumption, now }),
    isChanged: changes.length > 0 || isOtherTrial(judge.model, trial),
    segments: [...new Set(accounts.flatMap((one) => one.segments))].sort().slice(0, 100),
    fields: field,
  };
}

function isOtherTrial(model: ScoringModel, trial: TrialWeights): boolean {
  const asItIs = parseTrial(model, () => "");
  return (
    trial.healthyFrom !== asItIs.healthyFrom ||
    trial.criticalBelow !== asItIs.criticalBelow ||
    [...trial.weights].some(([key, weight]) => asItIs.weights.get(key) !== weight)
  );
}

/** Signals that are compared with the account's own past can't be moved: what was is not known here. */
function toMovable(
  { model, norms }: Judge,
  accounts: readonly StandingAccount[],
  account: StandingAccount | null,
): MovableSignal[] {
  const units = new Map(
    accounts.flatMap(({ signals }) =>
      signals.map(({ key, unit }): [string, string] => [key, unit]),
    ),
  );
  const parts = model.components.flatMap((component) => component.signals);
  return model.signals.flatMap(({ key, label, unit }) => {
    const own = parts.filter((part) => part.signal === key);
    if (own.length === 0 || own.some(({ normaliser }) => normaliser.kind === "own_baseline")) {
      return [];
    }
    const population = norms.project[key];
    const known = account?.signals.find((signal) => signal.key === key);
    return [
      {
        key,
        label,
        unit: units.get(key) || unit || "",
        value: known?.value ?? null,
        typical: population
          ? ([0.1, 0.5, 0.9].map((p) => quantileOf(population, p)) as [number, number, number])
          : null,
      },
    ];
  });
}
