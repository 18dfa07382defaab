import { and, asc, eq, gt } from "drizzle-orm";
import type { Queryable } from "../db/client.ts";
import { webhookEndpoints } from "../db/schema/webhooks.ts";

/** Why an endpoint is off that no failure turned off: what waits for it stays. */
export const DISABLED_BY_PERSON = "Disabled by a person.";

export type EndpointRow = typeof webhookEndpoints.$inferSelect;

const one = (projectId: string, id: string) =>
  and(eq(webhookEndpoints.projectId, projectId), eq(webhookEndpoints.id, id));

export async function insertEndpoint(
  db: Queryable,
  endpoint: typeof webhookEndpoints.$inferInsert,
): Promise<EndpointRow> {
  const [row] = await db.insert(webhookEndpoints).values(endpoint).returning();
  return row as EndpointRow;
}

export async function findEndpoint(
  db: Queryable,
  projectId: string,
  id: string,
): Promise<EndpointRow | null> {
  const [row] = await db.select().from(webhookEndpoints).where(one(projectId, id));
  return row ?? null;
}

/** In the order of their ids, which is the order they were made in. */
export async function listEndpoints(
  db: Queryable,
  page: { projectId: string; after: string | null; limit: number },
): Promise<EndpointRow[]> {
  return db
    .select()
    .from(webhookEndpoints)
    .where(
      and(
        eq(webhookEndpoints.projectId, page.projectId),
        page.after === null ? undefined : gt(webhookEndpoints.id, page.after),
      ),
    )
    .orderBy(asc(webhookEndpoints.id))
    .limit(page.limit);
}

export async function updateEndpoint(
  db: Queryable,
  key: { projectId: string; id: string },
  changes: Partial<typeof webhookEndpoints.$inferInsert>,
): Promise<EndpointRow | null> {
  const [row] = await db
    .update(webhookEndpoints)
    .set(changes)
    .where(one(key.projectId, key.id))
    .returning();
  return row ?? null;
}

/** @returns false when there is none */
export async function deleteEndpoint(
  db: Queryable,
  projectId: string,
  id: string,
): Promise<boolean> {
  const rows = await db
    .delete(webhookEndpoints)
    .where(one(projectId, id))
    .returning({ id: webhookEndpoints.id });
  return rows.length > 0;
}
