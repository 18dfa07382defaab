import fc from "fast-check";
import { v7 } from "uuid";
import { expect, it } from "vitest";
import { recountUsage } from "../src/operations/recount-usage.ts";
import { createTestCollector } from "./collector.ts";
import { useTestDatabase } from "./database.ts";

const test = useTestDatabase();

/** `npm run faults` asks for more. */
const BODIES = Number(process.env.FUZZ_BODIES ?? 2_000);
/** Bodies under way at once, so that they share commits. */
const AT_ONCE = 100;

const anything = fc.oneof(
  { weight: 6, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 10 }) },
  { weight: 2, arbitrary: fc.string({ unit: "binary" }) },
  fc.constantFrom("a\u0000b", "\ud800", "x".repeat(9_000), 1e308, -0, "2026-06-15T11:00:00Z"),
  fc.constantFrom(
    ...['{"__proto__":{"a":1}}', '{"constructor":{"prototype":1}}'].map((text) => JSON.parse(text)),
  ),
);

const message = fc.record(
  {
    type: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom("track", "identify", "group", "page", "alias") },
      anything,
    ),
    messageId: anything,
    userId: anything,
    anonymousId: anything,
    previousId: anything,
    groupId: anything,
    event: fc.oneof(fc.constantFrom("Opened", "Feature Used", "Survey Answered"), anything),
    timestamp: fc.oneof(fc.constant("2026-06-15T11:00:00Z"), anything),
    properties: fc.oneof(fc.dictionary(fc.string({ unit: "binary" }), anything), anything),
    traits: anything,
    context: fc.oneof(fc.record({ groupId: anything, token: anything }), anything),
  },
  { requiredKeys: [] },
);

/** Mostly batches, whose last message is good; also bodies that are something else. */
const body = fc.oneof(
  { weight: 8, arbitrary: fc.array(fc.oneof(message, anything), { maxLength: 5 }) },
  { weight: 1, arbitrary: fc.oneof(anything, fc.record({ batch: anything, sentAt: anything })) },
);

it("F07 answers any body without failing, and loses no neighbour of one", {
  timeout: 300_000,
}, async () => {
  const collector = await createTestCollector(test.database);
  const neighbours: string[] = [];
  const statuses = new Map<number, number>();
  const counts = { bodies: 0, messages: 0 };

  async function send(given: unknown): Promise<void> {
    const messageId = v7();
    const neighbour = { type: "track", event: "Neighbour", userId: "neighbour", messageId };
    const isBatch = Array.isArray(given);
    counts.bodies += 1;
    if (isBatch) {
      neighbours.push(messageId);
      counts.messages += given.length;
    }
    const text = JSON.stringify(isBatch ? { batch: [...given, neighbour] } : given);
    const response = await collector.app.request("/v1/batch", {
      method: "POST",
      headers: { authorization: `Bearer ${collector.writeKey}` },
      body: text ?? "",
    });
    const answer = await response.json();
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    expect([response.status, text]).toEqual([
      isBatch ? 200 : expect.toBeOneOf([200, 400, 413]),
      text,
    ]);
    if (!isBatch) return;
    expect(answer.accepted + answer.duplicates + answer.rejected.length).toBe(given.length + 1);
    expect(answer.rejected.some(({ index }: { index: number }) => index === given.length)).toBe(
      false,
    );
  }

  await fc.assert(
    fc.asyncProperty(fc.array(body, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (bodies) => {
      await Promise.all(bodies.map(send));
    }),
    { numRuns: BODIES / AT_ONCE, endOnFailure: true },
  );

  const { sql } = test.database;
  const rows = await sql`
    SELECT 1 FROM events WHERE project_id = ${collector.projectId} AND event = 'Neighbour'`;
  const lost = neighbours.length - rows.length;
  console.log(
    `F07 fuzz: ${counts.bodies} bodies, ${counts.messages} messages: answers ${[...statuses.keys()].sort().join("/")}, ${lost} of ${neighbours.length} neighbours lost`,
  );
  expect(lost).toBe(0);
  expect(await recountUsage(sql, { projectId: collector.projectId })).toEqual([]);
});
