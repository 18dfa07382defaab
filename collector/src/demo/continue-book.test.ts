import { expect, it } from "vitest";
import { continueBook } from "./continue-book.ts";
import { simulateNorthwind } from "./northwind.ts";
import { simulateDemoBook } from "./simulate-book.ts";

const DAY_MS = 86_400_000;
const BOOK_DAY = 20_700;
const book = [simulateNorthwind(BOOK_DAY), ...simulateDemoBook(BOOK_DAY)];
const dayOf = (at: unknown) => Math.floor(Date.parse(String(at)) / DAY_MS);

it("fills each day that is asked for, and no other", () => {
  const days = { from: BOOK_DAY + 3, to: BOOK_DAY + 9 };
  const seen = new Set(
    continueBook(book, BOOK_DAY, days).flatMap(({ messages }) =>
      messages.map(({ timestamp }) => dayOf(timestamp)),
    ),
  );
  expect([...seen].sort()).toEqual([3, 4, 5, 6, 7, 8, 9].map((day) => BOOK_DAY + day));
});

it("gives a day the weekday's life of four weeks before, however long ago the book was made", () => {
  for (const later of [0, 13, 28, 100]) {
    const day = BOOK_DAY + later;
    const source = BOOK_DAY - 28 + (later % 28);
    const made = continueBook(book, BOOK_DAY, { from: day, to: day });
    expect((day - source) % 7).toBe(0);
    const countOf = (accounts: typeof book, wanted: number) =>
      accounts
        .flatMap(({ messages }) => messages)
        .filter(({ type, timestamp }) => type === "track" && dayOf(timestamp) === wanted).length;
    expect(countOf(made, day)).toBe(countOf(book, source));
  }
});

it("gives each message an id of its own", () => {
  const more = continueBook(book, BOOK_DAY, { from: BOOK_DAY, to: BOOK_DAY + 60 });
  const ids = [...book, ...more].flatMap(({ messages }) => messages.map((one) => one.messageId));
  expect(new Set(ids).size).toBe(ids.length);
});
