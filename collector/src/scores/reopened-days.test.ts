import { expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { claimReopened, queueReopened, releaseReopened } from "./reopened-days.ts";

const test = useTestDatabase();

it("a worker whose lease ran out gives back nothing that another holds", async () => {
  const { sql } = test.database;
  const collector = await createTestCollector(test.database);
  const at = (minutes: number) => new Date(collector.now + minutes * 60_000).toISOString();
  const reopened = [{ accountId: "acme", fromDay: "2026-06-01" }];
  await queueReopened(sql, collector.projectId, { reopened, now: at(0) });
  const claim = (minutes: number) =>
    claimReopened(sql, { now: at(minutes), leaseUntil: at(minutes + 10) });
  const first = await claim(0);
  expect(first).not.toBeNull();
  const second = await claim(11);
  expect(second).not.toBeNull();
  if (first) await releaseReopened(sql, first);
  expect(await claim(12)).toBeNull();
  if (second) await releaseReopened(sql, second);
  expect(await claim(12)).not.toBeNull();
});
