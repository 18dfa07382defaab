import { describe, expect, it } from "vitest";
import { createTestCollector } from "./collector.ts";
import { useTestDatabase } from "./database.ts";

const test = useTestDatabase();

interface Operation {
  security?: Record<string, string[]>[];
  requestBody?: unknown;
}

/** Operations that a public key is made for. */
const isPublic = ({ security = [] }: Operation) => security.some((one) => "writeKey" in one);

/** Operations for secret keys; the others have a proof of their own, such as a signature. */
const opensByKey = ({ security = [] }: Operation) =>
  isPublic({ security }) || security.some((one) => "secretKey" in one);

/**
 * Every route of the OpenAPI document is tried, so a route that is added tomorrow is tried too.
 */
describe("every route of openapi.json", () => {
  it("is closed without a key, to a public key, and to another project's key", {
    timeout: 60_000,
  }, async () => {
    const owner = await createTestCollector(test.database);
    const other = await createTestCollector(test.database);
    const mark = "belongs-to-the-owner";
    await owner.send(
      { type: "group", userId: `user-${mark}`, groupId: mark, traits: { name: mark } },
      { type: "track", event: mark, userId: `user-${mark}`, context: { groupId: mark } },
    );
    await owner.call("POST", "/v1/batch", { batch: [{ type: mark }] });
    await owner.settle();
    const ids = await collectIds(owner.projectId);
    const before = await snapshot(owner.projectId);

    const document = await (await owner.app.request("/openapi.json")).json();
    const problems: string[] = [];
    let tried = 0;
    for (const [template, operations] of Object.entries<Record<string, Operation>>(
      document.paths,
    )) {
      for (const [method, operation] of Object.entries(operations)) {
        const values = template.includes("{") ? ids(template) : [""];
        for (const id of values) {
          const path = template.replaceAll(/\{[^}]+\}/g, () => encodeURIComponent(id));
          const ask = async (key?: string) => {
            const response = await owner.app.request(path, {
              method: method.toUpperCase(),
              headers: {
                "content-type": "application/json",
                ...(key !== undefined && { authorization: `Bearer ${key}` }),
              },
              ...(operation.requestBody !== undefined && { body: "{}" }),
            });
            return { status: response.status, text: await response.text() };
          };
          const report = (who: string, answer: { status: number; text: string }) =>
            problems.push(
              `${method} ${path} ${who}: ${answer.status} ${answer.text.slice(0, 200)}`,
            );
          tried += 1;
          const none = await ask();
          const isSending = isPublic(operation);
          // A body is read before the key in it can be; what is not opened by a key refuses somehow.
          const isShut = opensByKey(operation)
            ? none.status === 401 || (isSending && none.status === 400)
            : none.status >= 400 && none.status < 500;
          if (!isShut) report("without a key", none);
          const browser = await ask(owner.writeKey);
          const isRefused = opensByKey(operation)
            ? browser.status === 403
            : browser.status >= 400 && browser.status < 500;
          if (!isSending && !isRefused) report("with the public key", browser);
          if (isSending && browser.text.includes(mark)) report("read with the public key", browser);
          const stranger = await ask(other.secretKey);
          if (stranger.text.includes(mark) && !path.includes(mark)) report("leaked", stranger);
          if (stranger.status >= 500) report("failed", stranger);
          if (id !== "" && method === "get" && stranger.status === 200) {
            report("answered a stranger", stranger);
          }
        }
      }
    }
    expect(problems).toEqual([]);
    expect(tried).toBeGreaterThan(25);
    expect(await snapshot(owner.projectId)).toEqual(before);
  });

  /** Ids of the owner that may stand in a path: of the table that the path is about, or any. */
  async function collectIds(projectId: string) {
    const { sql } = test.database;
    const columns = await sql<{ table_name: string; column_name: string }[]>`
      SELECT c.relname AS table_name, a.attname AS column_name
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND NOT c.relispartition
        AND a.attname IN ('id', 'account_id', 'user_id', 'key', 'version') AND EXISTS (
          SELECT 1 FROM pg_attribute p WHERE p.attrelid = c.oid AND p.attname = 'project_id')`;
    const found: { table: string; id: string }[] = [];
    for (const { table_name: table, column_name: column } of columns) {
      const rows = await sql<{ id: string }[]>`
        SELECT DISTINCT ${sql(column)}::text AS id FROM ${sql(table)}
        WHERE project_id = ${projectId} LIMIT 2`;
      found.push(...rows.map(({ id }) => ({ table, id })).filter(({ id }) => id));
    }
    return (template: string): string[] => {
      const noun = template.split("/")[2]?.replaceAll("-", "_") ?? "";
      const own = found.filter(({ table }) => table.includes(noun)).map(({ id }) => id);
      return own.length > 0 ? [...new Set(own)].slice(0, 3) : ["belongs-to-the-owner"];
    };
  }

  /** Counts of the owner's rows: no stranger changed anything. */
  async function snapshot(projectId: string) {
    const { sql } = test.database;
    const tables = ["accounts", "users", "events", "daily_usage", "scores", "api_keys", "outcomes"];
    const counts: Record<string, number> = {};
    for (const table of tables) {
      const [row] = await sql`
        SELECT count(*)::int AS count FROM ${sql(table)} WHERE project_id = ${projectId}`;
      counts[table] = row?.count;
    }
    return counts;
  }
});
