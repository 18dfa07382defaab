import { describe, expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { createNameRegistry } from "./name-registry.ts";
import type { NewEvent } from "./new-event.ts";

const test = useTestDatabase();

describe("createNameRegistry", () => {
  it("takes names up to the cap, exactly, over several processes, and says so once", async () => {
    const { sql } = test.database;
    const { projectId } = await createTestCollector(test.database);
    const warnings: string[] = [];
    const registries = [1, 2, 3].map(() =>
      createNameRegistry(sql, {
        clock: () => 0,
        cap: 50,
        onCapped: (_, kind) => warnings.push(kind),
      }),
    );
    const made = (name: string) =>
      ({ projectId, type: "track", event: name, subject: "" }) as NewEvent;
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, batch) =>
        registries[batch % 3]?.admit(
          Array.from({ length: 10 }, (_, index) => made(`name ${(batch * 7 + index) % 130}`)),
        ),
      ),
    );
    const [row] = await sql`
      SELECT count(*)::int AS count FROM registered_names WHERE project_id = ${projectId}`;
    expect(row?.count).toBe(50);
    expect(answers.some((refused) => refused && refused.size > 0)).toBe(true);
    expect(warnings.every((kind) => kind === "event")).toBe(true);
    expect(warnings.length).toBeLessThanOrEqual(3);
    const known = await sql<{ name: string }[]>`
      SELECT name FROM registered_names WHERE project_id = ${projectId}`;
    for (const registry of registries) {
      expect((await registry.admit(known.map(({ name }) => made(name)))).size).toBe(0);
      expect((await registry.admit([made("one more")])).size).toBe(1);
    }
  });

  it("has room for the reserved events in a project that is full of others", async () => {
    const { sql } = test.database;
    const { projectId } = await createTestCollector(test.database);
    const registry = createNameRegistry(sql, { clock: () => 0, cap: 2 });
    const made = (event: string, subject = "") =>
      ({ projectId, type: "track", event, subject }) as NewEvent;
    await registry.admit(["one", "two", "up"].map((name) => made(name)));
    const reserved = [made("Session Ended"), made("Survey Answered"), made("Feature Used", "pdf")];
    expect(await registry.admit(reserved)).toEqual(new Set());
    expect(await registry.admit([made("up"), ...reserved])).toEqual(new Set([0]));
    const rows = await sql<{ name: string }[]>`
      SELECT name FROM registered_names WHERE project_id = ${projectId} AND kind = 'event'`;
    expect(rows.map(({ name }) => name).sort()).toEqual(["one", "two"]);
  });

  it("refuses the flood and keeps the rest of its batch", async () => {
    const collector = await createTestCollector(test.database);
    const { sql } = test.database;
    await sql`
      INSERT INTO registered_names
      SELECT ${collector.projectId}, 'event', 'name ' || n, now() FROM generate_series(1, 2000) AS n`;
    const batch = ["name 7", "made up", "name 8"].map((event) => ({
      type: "track",
      userId: "ann",
      event,
    }));
    const response = await collector.call("POST", "/v1/batch", { batch });
    const answer = await response.json();
    expect(answer.accepted).toBe(2);
    expect(answer.rejected).toMatchObject([
      { index: 1, code: "cardinality", detail: expect.stringContaining("names") },
    ]);
  });
});
