import { expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { createLogger } from "../logger.ts";
import { createRescoreTurn } from "./rescore-loop.ts";

const test = useTestDatabase();

it("scores the neighbours of an account that can't be scored, and says so", async () => {
  const { sql } = test.database;
  const collector = await createTestCollector(test.database);
  const { projectId } = collector;
  const use = { type: "track", event: "Report Opened", userId: "ann" };
  const accountIds = ["acme", "bolt", "crux"];
  await collector.send(...accountIds.map((groupId) => ({ ...use, context: { groupId } })));
  // Stands for any fault that only one account brings out.
  await sql`ALTER TABLE scores ADD CONSTRAINT not_bolt CHECK (account_id <> 'bolt')`;
  const turn = createRescoreTurn({
    sql,
    clock: () => collector.now,
    logger: createLogger("silent"),
    publicUrl: "http://telltale.test",
  });
  await expect(turn()).rejects.toThrow("accounts can't be scored");
  const scored =
    await sql`SELECT account_id FROM scores WHERE project_id = ${projectId} ORDER BY 1`;
  const waiting = await sql`SELECT account_id FROM rescore_queue WHERE project_id = ${projectId}`;
  expect([scored, waiting].map((rows) => rows.map((row) => row.account_id))).toEqual([
    ["acme", "crux"],
    ["bolt"],
  ]);
});
