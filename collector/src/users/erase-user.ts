import { createHash } from "node:crypto";
import { type AuditEntry, recordAudit } from "../audit/record-audit.ts";
import type { Sql } from "../db/client.ts";
import { retryDeadlock } from "../db/retry-deadlock.ts";
import { VISITOR_PREFIX } from "../ingest/check-message.ts";
import { queueRescore } from "../ingest/queries.ts";
import { Problem } from "../problem.ts";
import { forgetPerson } from "../quarantine/forget-person.ts";
import { lockSessions } from "../sessions/queries.ts";
import {
  eraseRows,
  findVisitorIds,
  insertTombstones,
  listUsedAccounts,
  type Person,
} from "./queries.ts";

export interface Erasure {
  /** Rows removed or changed, by table. */
  erased: { [table: string]: number };
}

/**
 * Removes a person from every table, and leaves a tombstone that keeps a late queue from bringing
 * the person back. Erasing somebody unknown leaves the tombstone too: what never arrived can't.
 *
 * @param by - who asked, for the audit log
 * @throws {Problem} invalid-request for what no user can be called
 */
export async function eraseUser(
  deps: { database: { sql: Sql }; clock: () => number },
  userId: string,
  by: Pick<AuditEntry, "projectId" | "actor" | "ip">,
): Promise<Erasure> {
  const { sql } = deps.database;
  const { projectId } = by;
  if (userId.startsWith(VISITOR_PREFIX)) {
    throw new Problem("invalid-request", `No user's id begins with ${VISITOR_PREFIX}.`);
  }
  const at = deps.clock();
  const now = new Date(at).toISOString();
  const person: Person = {
    projectId,
    userId,
    visitorIds: await findVisitorIds(sql, projectId, userId),
  };
  await sql.begin(async (tx) => insertTombstones(tx, person, now));
  // Between the first look and the tombstone, an alias may have come in.
  person.visitorIds = await findVisitorIds(sql, projectId, userId);
  const eraseAll = () =>
    sql.begin(async (tx) => {
      // A large project takes longer than the limit for everyday statements.
      await tx`SET LOCAL statement_timeout = 0`;
      await lockSessions(tx);
      const changed = await listUsedAccounts(tx, person);
      const erased = await eraseRows(tx, person);
      const ids = [userId, ...person.visitorIds];
      erased.rejected_messages = await forgetPerson(tx, projectId, ids);
      await queueRescore(tx, projectId, changed, now);
      const target = createHash("sha256").update(`user:${userId}`).digest("hex");
      await recordAudit(tx, { ...by, action: "user.erased", target, at });
      return { erased };
    });
  // Deliveries and sessions of theirs may be written at the same time, in an order of their own.
  return retryDeadlock(eraseAll);
}
