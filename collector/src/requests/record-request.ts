import type { z } from "@hono/zod-openapi";
import { v7 } from "uuid";
import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import { findNamedAccounts, upsertRequests } from "./queries.ts";
import type { newRequest } from "./schema.ts";

/**
 * Keeps what a person says an account asked for.
 *
 * @param request - `accountId` may be the account's name
 * @param now - milliseconds since the epoch
 * @returns the id of the account that was meant
 * @throws {Problem} invalid-request, where no account or several go by the name
 */
export async function recordRequest(
  sql: Sql,
  projectId: string,
  { request, now }: { request: z.output<typeof newRequest>; now: number },
): Promise<string> {
  const [first, ...others] = await findNamedAccounts(sql, projectId, request.accountId);
  if (!first) throw noAccount("is not known by this id or name");
  if (others.length > 0 && first.accountId !== request.accountId) {
    const ids = [first, ...others].map(({ accountId }) => accountId).join(", ");
    throw noAccount(`goes by several accounts: take one of the ids ${ids}`);
  }
  const row = {
    id: request.id ?? v7(),
    accountId: first.accountId,
    userId: request.userId ?? "",
    text: request.text,
    source: request.source ?? "",
    tags: request.tags,
    requestedAt: new Date(request.requestedAt ?? now).toISOString(),
  };
  await sql.begin((tx) => upsertRequests(tx, projectId, [row]));
  return first.accountId;
}

function noAccount(detail: string): Problem {
  return new Problem("invalid-request", "It is not clear which account asked.", {
    errors: [{ pointer: "/accountId", detail }],
  });
}
