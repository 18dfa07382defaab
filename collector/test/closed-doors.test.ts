import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "./collector.ts";
import { useTestDatabase } from "./database.ts";

const test = useTestDatabase();
/** In every row of the owner, and nowhere else. */
const MARK = "belongs-to-the-owner";

interface Operation {
  security?: Record<string, string[]>[];
  requestBody?: unknown;
}

interface Answer {
  status: number;
  text: string;
}

/** What one path answered to those who have no business there. */
interface Door {
  method: string;
  path: string;
  /** Made for public keys. */
  isPublic: boolean;
  /** Opens with a key; the others have a proof of their own, such as a signature. */
  opensByKey: boolean;
  /** Names something of the owner. */
  hasId: boolean;
  nobody: Answer;
  browser: Answer;
  stranger: Answer;
}

const hasScheme = ({ security = [] }: Operation, scheme: string) =>
  security.some((one) => scheme in one);

const name = ({ method, path }: Door, { status, text }: Answer) =>
  `${method} ${path}: ${status} ${text.slice(0, 200)}`;

const isRefused = ({ status }: Answer) => status >= 400 && status < 500;

/**
 * Every route of the OpenAPI document is tried, so a route that is added tomorrow is tried too.
 */
describe("every route of openapi.json", () => {
  let owner: TestCollector;
  let documented: Map<string, Operation>;
  let doors: Door[];
  let before: Record<string, number>;

  beforeAll(async () => {
    owner = await createTestCollector(test.database);
    const other = await createTestCollector(test.database);
    await owner.send(
      { type: "group", userId: `user-${MARK}`, groupId: MARK, traits: { name: MARK } },
      { type: "track", event: MARK, userId: `user-${MARK}`, context: { groupId: MARK } },
    );
    await owner.call("POST", "/v1/batch", { batch: [{ type: MARK }] });
    await owner.settle();
    before = await snapshot(owner.projectId);
    const ids = await collectIds(owner.projectId);
    const { paths } = await (await owner.app.request("/openapi.json")).json();
    documented = new Map(
      Object.entries<Record<string, Operation>>(paths).flatMap(([path, operations]) =>
        Object.entries(operations).map(([method, one]) => [`${method.toUpperCase()} ${path}`, one]),
      ),
    );
    doors = [];
    for (const [route, operation] of documented) {
      const [method = "", template = ""] = route.split(" ");
      for (const id of template.includes("{") ? ids(template) : [""]) {
        const path = template.replaceAll(/\{[^}]+\}/g, () => encodeURIComponent(id));
        const ask = async (key?: string): Promise<Answer> => {
          const response = await owner.app.request(path, {
            method,
            headers: {
              "content-type": "application/json",
              ...(key !== undefined && { authorization: `Bearer ${key}` }),
            },
            ...(operation.requestBody !== undefined && { body: "{}" }),
          });
          return { status: response.status, text: await response.text() };
        };
        const isPublic = hasScheme(operation, "writeKey");
        doors.push({
          method,
          path,
          isPublic,
          opensByKey: isPublic || hasScheme(operation, "secretKey"),
          hasId: id !== "",
          nobody: await ask(),
          browser: await ask(owner.writeKey),
          stranger: await ask(other.secretKey),
        });
      }
    }
  }, 120_000);

  it("is every route that there is, but for pages, probes and short forms", () => {
    const undocumented = new Set(
      owner.app.routes
        .filter(({ method, path }) => method !== "ALL" && !path.startsWith("/dashboard"))
        .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)(\{[^}]*\})?/g, "{$1}")}`)
        .filter((route) => !documented.has(route)),
    );
    const otherForms = ["b", "import", "t", "i", "g", "p", "s", "a"].map(
      (form) => `POST /v1/${form}`,
    );
    const pages = [
      "/",
      "/healthz",
      "/readyz",
      "/metrics",
      "/openapi.json",
      "/docs",
      "/docs/problems",
    ];
    const others = [...undocumented].filter((route) => !route.startsWith("OPTIONS "));
    expect(others.sort()).toEqual([...pages.map((path) => `GET ${path}`), ...otherForms].sort());
  });

  it("F13 keeps another project's key from everything of the owner", () => {
    const leaks = doors.filter(
      ({ stranger, path }) => stranger.text.includes(MARK) && !path.includes(MARK),
    );
    const failures = doors.filter(({ stranger }) => stranger.status >= 500);
    const byId = doors.filter(({ hasId, opensByKey }) => hasId && opensByKey);
    // What names nothing of the owner may answer with the stranger's own, empty, things.
    const answered = byId.filter(
      ({ method, stranger }) =>
        !isRefused(stranger) && (method === "GET" || stranger.text.includes(MARK)),
    );
    console.log(
      `F13 BOLA sweep: another project's key on ${documented.size} routes, ${doors.length} paths: ${byId.length - answered.length} of ${byId.length} ids closed, ${leaks.length} leaks, ${failures.length} × 5xx`,
    );
    expect([...leaks, ...failures, ...answered].map((door) => name(door, door.stranger))).toEqual(
      [],
    );
    expect(doors.length).toBeGreaterThan(100);
  });

  it("F14 is closed without a key, and to a public key unless it is made for one", () => {
    const closed = doors.filter(({ isPublic }) => !isPublic);
    const open = closed.filter(({ opensByKey, browser }) =>
      opensByKey ? browser.status !== 403 : !isRefused(browser),
    );
    const readable = doors.filter(
      ({ isPublic, browser }) => isPublic && browser.text.includes(MARK),
    );
    // What is not opened by a key refuses somehow.
    const ajar = doors.filter(({ opensByKey, nobody }) =>
      opensByKey ? nobody.status !== 401 : !isRefused(nobody),
    );
    console.log(
      `F14 public key reads: ${closed.length - open.length} of ${closed.length} closed to a public key, ${doors.length - ajar.length} of ${doors.length} closed without one`,
    );
    expect(open.map((door) => name(door, door.browser))).toEqual([]);
    expect(readable.map((door) => name(door, door.browser))).toEqual([]);
    expect(ajar.map((door) => name(door, door.nobody))).toEqual([]);
  });

  it("changes nothing of the owner for any of them", async () => {
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
      return own.length > 0 ? [...new Set(own)].slice(0, 3) : [MARK];
    };
  }

  /** Counts of the owner's rows: no stranger changed anything. */
  async function snapshot(projectId: string) {
    const { sql } = test.database;
    const tables = await sql<{ name: string }[]>`
      SELECT c.relname AS name FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT c.relispartition AND c.relname <> 'rejected_messages' AND EXISTS (
          SELECT 1 FROM pg_attribute p WHERE p.attrelid = c.oid AND p.attname = 'project_id')`;
    const counts: Record<string, number> = {};
    // The owner's public key may send nonsense, and that is kept as such.
    for (const { name: table } of tables) {
      const [row] = await sql`
        SELECT count(*)::int AS count FROM ${sql(table)} WHERE project_id = ${projectId}`;
      counts[table] = row?.count;
    }
    return counts;
  }
});
