import type { Sql } from "../db/client.ts";

/** Whether the database answers a query; waits as long as the connection lets it. */
export async function isDatabaseUp(sql: Sql): Promise<boolean> {
  try {
    await sql`SELECT 1`;
    return true;
  } catch {
    return false;
  }
}
