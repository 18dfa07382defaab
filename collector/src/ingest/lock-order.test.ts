import { expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { findWaiting } from "../../test/find-waiting.ts";
import type { SqlQueryable } from "../db/client.ts";
import { unholdRescores } from "../demo/queries.ts";
import { completeRescores } from "../scores/rescore-queue.ts";
import { updateAccountProfiles } from "./profile-queries.ts";
import { moveUsage, setAccountsOfUsers } from "./queries.ts";
import { recordTraits } from "./record-traits.ts";

const test = useTestDatabase();

/** A cluster plans a statement anew on each connection. */
const PATIENT = { timeout: 10_000 };

const KEYS = [..."hgfedcba"];
const AT = "2026-06-15T12:00:00.000Z";
const said = KEYS.map((ownerId) => {
  const traits = { plan: ownerId };
  return { ownerId, traits, json: JSON.stringify(traits), at: AT };
});
const profiles = KEYS.map((accountId) => ({
  ...{ accountId, name: `Of ${accountId}`, at: AT, externalIds: "{}", createdAt: null },
}));
const memberships = KEYS.map((userId) => ({
  ...{ userId, firstAccountId: "a", accountId: "a", at: AT },
}));
const moves = KEYS.map((account) => ({
  ...{ fromUser: `anon:${account}`, toUser: account, unattributedTo: null },
}));

const LEASED = { leaseUntil: "2026-06-15T12:01:00.000Z", now: AT, restUntil: AT };

type Change = (sql: SqlQueryable, projectId: string) => Promise<unknown>;
const of = (owner: "account" | "user"): Change => {
  return (sql, projectId) => recordTraits(sql, { projectId, owner }, said);
};

// Groups of events lock in key order too: nobody waits for each other in a circle.
it.each<[string, string, string, Change]>([
  ["traits of accounts", "accounts", "account_id", of("account")],
  ["traits of users", "users", "user_id", of("user")],
  [
    "names of accounts",
    "accounts",
    "account_id",
    (...at) => updateAccountProfiles(...at, profiles),
  ],
  ["accounts of users", "users", "user_id", (...at) => setAccountsOfUsers(...at, memberships)],
  ["moved usage", "daily_usage", "user_id", (...at) => moveUsage(...at, moves)],
  ["accounts of the demo", "rescore_queue", "account_id", (...at) => unholdRescores(...at, KEYS)],
  [
    "rescored accounts",
    "rescore_queue",
    "account_id",
    (sql, projectId) =>
      completeRescores(
        sql,
        KEYS.map((accountId) => ({ projectId, accountId, generation: 0, reopenFrom: null })),
        LEASED,
      ),
  ],
])("%s lock their rows in the order of keys", async (_, table, column, change) => {
  const { sql } = test.database;
  const { projectId, send } = await createTestCollector(test.database);
  for (const id of KEYS) {
    const message = { type: "track", event: "x", timestamp: AT, context: { groupId: id } };
    await send({ ...message, userId: id });
    await send({ ...message, anonymousId: id });
  }
  await sql`
    UPDATE rescore_queue SET leased_until = ${LEASED.leaseUntil}::timestamptz
    WHERE project_id = ${projectId}`;
  const lock = (tx: SqlQueryable, keys: string[]) => tx`
    SELECT 1 FROM ${sql(table)} WHERE project_id = ${projectId} AND ${sql(column)} = ANY(${keys})
    FOR UPDATE NOWAIT`;
  let changing: Promise<unknown> | undefined;
  await sql.begin(async (tx) => {
    await lock(tx, ["a"]);
    const [{ pid } = { pid: 0 }] = await tx<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    changing = sql.begin(async (other) => {
      // A plan may have the order by chance; large groups and tables have others.
      for (const way of ["indexscan", "bitmapscan", "sort"]) {
        await other`SELECT set_config(${`enable_${way}`}, 'off', true)`;
      }
      await change(other, projectId);
    });
    await expect.poll(() => findWaiting(sql, pid), PATIENT).toHaveLength(1);
    // It waits for the first key and holds no later one.
    expect(await lock(tx, KEYS.slice(0, -1))).toHaveLength(KEYS.length - 1);
  });
  await changing;
});

// A group of events may wait for one of them only as long as it holds nothing that the other wants.
it.each([
  ["who says what an account is", "accounts", { type: "group", traits: { plan: "pro" } }],
  ["who says what a user is", "users", { type: "identify", traits: { plan: "pro" } }],
])("%s locks that row before the queue, though it was seen a moment ago", async (...given) => {
  const [, table, message] = given;
  const { sql } = test.database;
  const { projectId, send } = await createTestCollector(test.database);
  const whose = { userId: "ann", context: { groupId: "acme" }, timestamp: AT };
  await send({ type: "track", event: "x", ...whose });
  let sending: Promise<unknown> | undefined;
  await sql.begin(async (tx) => {
    await tx`SELECT 1 FROM ${sql(table)} WHERE project_id = ${projectId} FOR UPDATE`;
    const [{ pid } = { pid: 0 }] = await tx<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
    sending = send({ ...whose, ...message, groupId: "acme" });
    await expect.poll(() => findWaiting(sql, pid), PATIENT).toHaveLength(1);
    const queued = await tx`
      SELECT 1 FROM rescore_queue WHERE project_id = ${projectId} FOR UPDATE NOWAIT`;
    expect(queued).toHaveLength(1);
  });
  await sending;
});
