import { expect, it } from "vitest";
import { DEMO_ACCOUNT } from "./demo-account.ts";
import { simulateNorthwind } from "./northwind.ts";
import { simulateDemoBook } from "./simulate-book.ts";

const TODAY = 20_700;
const START_OF_TODAY_MS = TODAY * 86_400_000;

const book = () => [simulateNorthwind(TODAY), ...simulateDemoBook(TODAY)];

it("makes the same book for the same day", () => {
  expect(book()).toEqual(book());
});

it("gives each account its own id and each message its own", () => {
  const accounts = book();
  expect(accounts).toHaveLength(41);
  expect(new Set(accounts.map(({ id }) => id)).size).toBe(41);
  const ids = accounts.flatMap(({ messages }) => messages.map(({ messageId }) => messageId));
  expect(new Set(ids).size).toBe(ids.length);
});

it("ends before today, so that nothing simulated looks live", () => {
  for (const { messages, answers } of book()) {
    const times = messages.map(({ timestamp }) => Date.parse(timestamp as string));
    expect(Math.max(...times, ...answers.map(({ at }) => at))).toBeLessThan(START_OF_TODAY_MS);
  }
});

it("flags every account as simulated and names its plan and seats", () => {
  for (const { id, messages } of book()) {
    expect(messages[0]).toMatchObject({
      type: "group",
      groupId: id,
      traits: { simulated: true, plan: expect.any(String), seats: expect.any(Number) },
    });
  }
});

it("lets the demo account exist for more than a month, with answers good and bad", () => {
  const { id, messages, answers } = simulateNorthwind(TODAY);
  expect(id).toBe(DEMO_ACCOUNT.id);
  const ages = messages.map(
    ({ timestamp }) => (START_OF_TODAY_MS - Date.parse(timestamp as string)) / 86_400_000,
  );
  expect(Math.max(...ages)).toBeGreaterThan(30);
  expect(answers.some(({ value }) => value >= 4)).toBe(true);
  expect(answers.some(({ value }) => value < 4)).toBe(true);
});
