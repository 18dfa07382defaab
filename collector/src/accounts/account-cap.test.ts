import { describe, expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import type { EventVerdict, NewEvent } from "../ingest/new-event.ts";
import { capAccounts } from "./account-cap.ts";

const test = useTestDatabase();

function eventsOf(...accountIds: string[]) {
  return accountIds.map((id) => ({
    type: "track",
    event: "Opened",
    userId: "ann",
    context: { groupId: id },
  }));
}

async function countAccounts(projectId: string): Promise<number> {
  const [row] = await test.database.sql<{ count: number }[]>`
    SELECT count(*)::int AS count FROM accounts WHERE project_id = ${projectId}`;
  return row?.count ?? 0;
}

describe("the limit on accounts", () => {
  it("refuses the account that is one too many, and keeps the rest of its batch", async () => {
    const collector = await createTestCollector(test.database, { settings: { maxAccounts: 3 } });
    await collector.send(...eventsOf("a", "b"));
    const batch = eventsOf("a", "c", "d", "b", "c");
    const response = await collector.call("POST", "/v1/batch", { batch });
    const answer = await response.json();
    expect(answer).toMatchObject({ accepted: 4, duplicates: 0 });
    expect(answer.rejected).toMatchObject([
      { index: 2, code: "cardinality", detail: expect.stringContaining("maxAccounts") },
    ]);
    await collector.send(...eventsOf("a", "b", "c"));
    expect(await countAccounts(collector.projectId)).toBe(3);
    await collector.call("PATCH", "/v1/project", { maxAccounts: 4 });
    collector.now += 11_000;
    await collector.send(...eventsOf("d"));
    expect(await countAccounts(collector.projectId)).toBe(4);
  });

  it("counts when it was lowered, though there was room for many before", async () => {
    const collector = await createTestCollector(test.database);
    await collector.send(...eventsOf("a", "b"));
    await collector.call("PATCH", "/v1/project", { maxAccounts: 2 });
    collector.now += 11_000;
    const batch = eventsOf("a", "c");
    const response = await collector.call("POST", "/v1/batch", { batch });
    expect(await response.json()).toMatchObject({ accepted: 1, rejected: [{ index: 1 }] });
    expect(await countAccounts(collector.projectId)).toBe(2);
  });

  it("holds against a flood through several processes, give or take the few under way", async () => {
    const settings = { maxAccounts: 200 };
    const collector = await createTestCollector(test.database, { settings });
    const { projectId } = collector;
    const { sql } = test.database;
    const told: string[] = [];
    const store = async (events: NewEvent[]): Promise<EventVerdict[]> => {
      const ids = events.map(({ accountId }) => accountId);
      await sql`
        INSERT INTO accounts (project_id, account_id, created_at, first_seen_at, last_seen_at)
        SELECT ${projectId}::uuid, id, now(), now(), now() FROM unnest(${ids}::text[]) AS id
        ON CONFLICT DO NOTHING`;
      return events.map(() => "stored");
    };
    const writers = [1, 2, 3].map(() =>
      capAccounts({ write: store, drain: async () => {}, backlog: 0, fillShare: 0 }, sql, {
        clock: collector.clock,
        onCapped: (id) => told.push(id),
      }),
    );
    let refused = 0;
    for (let round = 0; round < 40; round += 1) {
      const verdicts = await Promise.all(
        writers.map((writer, place) =>
          writer.write(
            Array.from({ length: 10 }, (_, index) => {
              const accountId = `made up ${round} ${place} ${index}`;
              return { projectId, accountId } as NewEvent;
            }),
          ),
        ),
      );
      refused += verdicts.flat().filter((verdict) => verdict === "too-many-accounts").length;
    }
    const stored = await countAccounts(projectId);
    expect(stored).toBeGreaterThanOrEqual(200);
    expect(stored).toBeLessThan(240);
    expect(refused).toBe(1_200 - stored);
    expect(told).toEqual([projectId, projectId, projectId]);
  });
});
