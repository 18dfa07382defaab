import { expect, it } from "vitest";
import { createTestCollector, DAY_MS } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { readVitals } from "./read-vitals.ts";

const test = useTestDatabase();

it("of a day that is cut, the measurements are those of the whole day", async () => {
  const { send, projectId, now } = await createTestCollector(test.database);
  const noon = now - 5 * DAY_MS;
  const load = (_: unknown, at: number) => ({
    type: "track",
    event: "Web Vital",
    properties: { name: "INP", value: 100 + at },
    userId: "ann",
    context: { groupId: "acme" },
    timestamp: new Date(noon + (at - 45) * 60_000).toISOString(),
  });
  await send(...Array.from({ length: 60 }, load));
  const readSince = (since: number) =>
    readVitals(test.database.sql, projectId, ["acme"], {
      vitals: ["INP"],
      since: new Date(since).toISOString(),
      until: new Date(now).toISOString(),
    });
  const whole = await readSince(noon - DAY_MS);
  expect(whole).toHaveLength(50);
  const cut = await readSince(noon);
  expect(cut).toEqual(whole.filter(({ at }) => at > noon));
  expect(cut.map(({ value }) => value)).toEqual([146, 147, 148, 149]);
});
