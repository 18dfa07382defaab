import { v5 } from "uuid";
import type { Sql } from "../db/client.ts";
import { recordObservations } from "../observations/record-observations.ts";
import { recordOutcomes } from "../outcomes/record-outcomes.ts";
import { toStorable } from "../unstorable.ts";
import { findByExternalIds, findByUsers, insertForeignResponses } from "./queries.ts";
import type { AccountReference, InboundSignal } from "./signal.ts";
import type { SourceRow } from "./source-queries.ts";

/** What became of some signals. */
export interface StoredSignals {
  accepted: number;
  /** About accounts that nobody here knows. */
  unmatched: number;
  /** `index` is the place among the signals, or the row of a file, from 0. */
  rejected: { index: number; detail: string }[];
}

const MAX_TEXT = 8_192;

/**
 * Stores the signals of a source. Everything has a key of its own, so what is sent twice is stored
 * once.
 *
 * @param now - milliseconds since the epoch
 */
export async function storeSignals(
  sql: Sql,
  source: Pick<SourceRow, "projectId" | "id" | "kind">,
  { signals, now }: { signals: InboundSignal[]; now: number },
): Promise<StoredSignals> {
  const { projectId } = source;
  const resolve = await createResolver(sql, projectId, signals);
  const known = signals.flatMap((signal, index) => {
    const accountId = resolve(signal.account);
    return accountId === null ? [] : [{ ...signal, accountId, index }];
  });
  const observations = known.filter((signal) => signal.kind === "observation");
  const outcomes = known.filter((signal) => signal.kind === "outcome");
  const responses = known.filter((signal) => signal.kind === "response");
  const stored = await recordObservations(
    sql,
    projectId,
    observations.map(({ accountId, series, value, at }) => ({
      ...{ accountId, series, value },
      observedAt: at,
      source: source.kind,
    })),
    now,
  );
  const told = await recordOutcomes(
    sql,
    projectId,
    outcomes.map(({ accountId, outcome, at, value }) => ({
      ...{ accountId, value },
      kind: outcome,
      occurredOn: at.slice(0, 10),
    })),
    now,
  );
  if (responses.length > 0) {
    await insertForeignResponses(
      sql,
      { projectId, sourceId: source.id, now: new Date(now).toISOString() },
      responses.map(({ accountId, userId, measure, value, value100, text, at, id }) => ({
        ...{ accountId, userId, measure, value, value100 },
        impressionId: v5(id, source.id),
        text: text === null ? null : toStorable(text.slice(0, MAX_TEXT)),
        answeredAt: at,
      })),
    );
  }
  return {
    accepted: stored.accepted + told.accepted + responses.length,
    unmatched: signals.length - known.length,
    rejected: [
      ...toPlaces(stored.rejected, observations),
      ...toPlaces(told.rejected, outcomes),
    ].sort((a, b) => a.index - b.index),
  };
}

/** What was said of rows of a portion, said of the whole. */
function toPlaces(
  rejected: StoredSignals["rejected"],
  portion: readonly { index: number }[],
): StoredSignals["rejected"] {
  return rejected.map((one) => ({ ...one, index: portion[one.index]?.index ?? one.index }));
}

/** Looks all accounts up at once; what it returns answers from memory. */
async function createResolver(
  sql: Sql,
  projectId: string,
  signals: InboundSignal[],
): Promise<(reference: AccountReference) => string | null> {
  const idsBySystem = new Map<string, string[]>();
  const userIds: string[] = [];
  for (const { account } of signals) {
    if (account.by === "user") userIds.push(account.id);
    if (account.by !== "external") continue;
    idsBySystem.set(account.system, [...(idsBySystem.get(account.system) ?? []), account.id]);
  }
  const external = new Map<string, Map<string, string>>();
  for (const [system, ids] of idsBySystem) {
    external.set(system, await findByExternalIds(sql, projectId, { system, ids }));
  }
  const users = userIds.length > 0 ? await findByUsers(sql, projectId, userIds) : new Map();
  return (reference) => {
    if (reference.by === "id") return reference.id;
    if (reference.by === "user") return users.get(reference.id) ?? null;
    return external.get(reference.system)?.get(reference.id) ?? null;
  };
}
