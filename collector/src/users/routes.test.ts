import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { recountUsage } from "../operations/recount-usage.ts";
import { NOT_PERSONAL, PERSONAL_TABLES } from "./personal-tables.ts";

const test = useTestDatabase();

/** All text of all rows of a project, table by table. */
async function dump(projectId: string): Promise<string> {
  const { sql } = test.database;
  const tables = await sql<{ name: string }[]>`
    SELECT DISTINCT table_name AS name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'project_id'`;
  const texts = [];
  for (const { name } of tables) {
    const rows = await sql`
      SELECT t::text AS row FROM ${sql(name)} AS t WHERE project_id = ${projectId}`;
    texts.push(...rows.map(({ row }) => `${name}: ${row}`));
  }
  return texts.join("\n");
}

describe("the routes of users", () => {
  it("knows every table that names a person", async () => {
    const rows = await test.database.sql<{ table_name: string; column_name: string }[]>`
      SELECT c.relname AS table_name, a.attname AS column_name
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT c.relispartition AND a.attname IN ('user_id', 'anonymous_id')`;
    const known = PERSONAL_TABLES.flatMap(({ table, userColumn, visitorColumn }) =>
      [userColumn, visitorColumn].filter(Boolean).map((column) => `${table}.${column}`),
    );
    const found = rows.map((row) => `${row.table_name}.${row.column_name}`);
    expect(found.filter((one) => !NOT_PERSONAL.includes(one)).sort()).toEqual(known.sort());
  });

  it("exports everything about a user, and erases it so that a late queue can't bring it back", async () => {
    const collector = await createTestCollector(test.database);
    const { projectId } = collector;
    const late = {
      type: "track",
      event: "Opened",
      anonymousId: "visitor-of-eve",
      messageId: v7(),
      context: { groupId: "acme" },
    };
    await collector.send(
      late,
      { type: "identify", userId: "eve@x.io", anonymousId: "visitor-of-eve", traits: { age: 7 } },
      { type: "group", userId: "eve@x.io", groupId: "acme" },
      { type: "track", event: "Opened", userId: "eve@x.io", context: { groupId: "acme" } },
      {
        type: "track",
        event: "Milestone Reached",
        userId: "eve@x.io",
        properties: { milestone: "live" },
        context: { groupId: "acme" },
      },
      { type: "track", event: "Opened", userId: "bob", context: { groupId: "acme" } },
    );
    await collector.call("POST", "/v1/batch", { batch: [{ type: "track", userId: "eve@x.io" }] });
    const path = `/v1/users/${encodeURIComponent("eve@x.io")}`;
    const exported = await (await collector.call("GET", path)).json();
    expect(exported.anonymousIds).toEqual(["visitor-of-eve"]);
    expect(exported.events).toHaveLength(5);
    expect(exported.users).toMatchObject([{ user_id: "eve@x.io", traits: { age: 7 } }]);

    const erased = await collector.call("DELETE", path);
    expect(erased.status).toBe(200);
    expect((await erased.json()).erased).toMatchObject({ events: 5, users: 1 });
    expect(await dump(projectId)).not.toMatch(/eve@x\.io|visitor-of-eve/);
    expect((await collector.call("GET", path)).status).toBe(404);
    const milestones = await test.database.sql`
      SELECT user_id FROM milestones_reached WHERE project_id = ${projectId}`;
    expect([...milestones]).toEqual([{ user_id: "" }]);

    const again = await collector.call("POST", "/v1/batch", {
      batch: [
        late,
        { ...late, messageId: v7() },
        { type: "identify", userId: "eve@x.io", traits: { age: 8 } },
        { type: "track", event: "Opened", userId: "bob", context: { groupId: "acme" } },
      ],
    });
    const answer = await again.json();
    expect(answer.accepted).toBe(1);
    expect(answer.rejected.map((one: { code: string }) => one.code)).toEqual([
      "user_erased",
      "user_erased",
      "user_erased",
    ]);
    expect(await dump(projectId)).not.toMatch(/eve@x\.io|visitor-of-eve/);
    expect(await recountUsage(test.database.sql, { projectId })).toEqual([]);
  });

  it("lets no alias bring an erased person's ids back as those of somebody else", async () => {
    const collector = await createTestCollector(test.database);
    const { projectId } = collector;
    await collector.send({ type: "identify", userId: "eve@x.io", anonymousId: "visitor-of-eve" });
    await collector.call("DELETE", `/v1/users/${encodeURIComponent("eve@x.io")}`);
    const late = await collector.call("POST", "/v1/batch", {
      batch: [
        { type: "alias", userId: "bob", previousId: "visitor-of-eve" },
        { type: "alias", userId: "bob", previousId: "eve@x.io" },
        { type: "alias", userId: "bob", previousId: "visitor-of-bob" },
      ],
    });
    const answer = await late.json();
    expect(answer.rejected).toMatchObject([{ code: "user_erased" }, { code: "user_erased" }]);
    expect(answer.accepted).toBe(1);
    expect(await dump(projectId)).not.toMatch(/eve@x\.io|visitor-of-eve/);
  });

  it("takes the name of a visitor in daily usage for no user: its events would stay uncounted", async () => {
    const collector = await createTestCollector(test.database);
    const { projectId } = collector;
    await collector.send({ type: "page", anonymousId: "v1", context: { groupId: "acme" } });
    const erased = await collector.call("DELETE", "/v1/users/anon%3Av1");
    expect(erased.status).toBe(400);
    expect(await recountUsage(test.database.sql, { projectId })).toEqual([]);
    await collector.send({ type: "page", anonymousId: "v1", context: { groupId: "acme" } });
  });

  it("takes from others nothing whose words happen to be the id of the erased person", async () => {
    const collector = await createTestCollector(test.database);
    const { projectId } = collector;
    const { sql } = test.database;
    await collector.call("POST", "/v1/webhook-endpoints", { url: "https://93.184.216.34/in" });
    const people = ["context", "sub", "track", "userId", "data", "42", "Opened"];
    const live = { event: "Milestone Reached", properties: { milestone: "live" } };
    await collector.send(
      { type: "track", ...live, userId: "bob", context: { groupId: "42" } },
      { type: "track", ...live, userId: "42", context: { groupId: "acme" } },
    );
    const refused = { type: "track", event: "Opened", timestamp: "soon" };
    await collector.call("POST", "/v1/batch", {
      batch: [
        { ...refused, userId: "bob", groupId: "42", properties: { seats: 42 } },
        { ...refused, userId: 42 },
        { ...refused, user_id: "42" },
      ],
      context: { groupId: "42", screen: { width: 42 } },
    });
    for (const userId of people) await collector.call("DELETE", `/v1/users/${userId}`);
    const kept = await sql`
      SELECT payload::jsonb->>'userId' AS user FROM rejected_messages
      WHERE project_id = ${projectId}`;
    expect([...kept]).toEqual([{ user: "bob" }]);
    const messages = await sql`
      SELECT body::jsonb->'data'->>'userId' AS user FROM webhook_messages
      WHERE project_id = ${projectId} AND type = 'milestone.reached'`;
    expect([...messages]).toEqual([{ user: "bob" }]);
  });

  it("keeps no message of an erased person that is refused for another reason", async () => {
    const collector = await createTestCollector(test.database);
    await collector.call("DELETE", "/v1/users/eve@x.io");
    await collector.call("POST", "/v1/batch", { batch: [{ type: "track", userId: "eve@x.io" }] });
    expect(await dump(collector.projectId)).not.toContain("eve@x.io");
  });

  it("erases in one project what another keeps", async () => {
    const [one, two] = [
      await createTestCollector(test.database),
      await createTestCollector(test.database),
    ];
    for (const collector of [one, two]) {
      await collector.send({ type: "identify", userId: "ann", traits: { a: 1 } });
    }
    await one.call("DELETE", "/v1/users/ann");
    expect((await one.call("GET", "/v1/users/ann")).status).toBe(404);
    expect((await two.call("GET", "/v1/users/ann")).status).toBe(200);
  });

  it("lets nothing slip in while it erases", async () => {
    const collector = await createTestCollector(test.database);
    const { projectId } = collector;
    let isErased = false;
    const sending = Promise.all(
      Array.from({ length: 6 }, async () => {
        while (!isErased) {
          await collector.call("POST", "/v1/batch", {
            batch: [{ type: "track", event: "x", userId: "ann", context: { groupId: "acme" } }],
          });
        }
      }),
    );
    await expect.poll(async () => (await collector.call("GET", "/v1/users/ann")).status).toBe(200);
    await collector.call("DELETE", "/v1/users/ann");
    isErased = true;
    await sending;
    const rows = await test.database.sql`
      SELECT 1 FROM events WHERE project_id = ${projectId} AND user_id = 'ann'`;
    expect(rows).toHaveLength(0);
    expect(await recountUsage(test.database.sql, { projectId })).toEqual([]);
  });
});
