import type { SimulatedAccount } from "./simulated-account.ts";

const DAY_MS = 86_400_000;
/** Four weeks, so that a Monday stays a Monday. */
const PATTERN_DAYS = 28;

/** Days that are to be made, as day numbers (days since 1970-01-01), both inclusive. */
export interface DayNumbers {
  from: number;
  to: number;
}

/**
 * What simulated accounts do on days after their book ended: the last four weeks, again and again.
 * Ids follow from the days, so that storing them twice stores them once.
 *
 * @param bookDay - day number on which the book was made; it ends on the day before
 * @param days - none of them before `bookDay`
 */
export function continueBook(
  book: readonly SimulatedAccount[],
  bookDay: number,
  days: DayNumbers,
): SimulatedAccount[] {
  return book.map(({ id, messages, answers }) => {
    const more: SimulatedAccount = { id, messages: [], answers: [] };
    for (let day = days.from; day <= days.to; day += 1) {
      const shiftDays = PATTERN_DAYS * (1 + Math.floor((day - bookDay) / PATTERN_DAYS));
      const shiftMs = shiftDays * DAY_MS;
      const startMs = day * DAY_MS - shiftMs;
      const isThatDay = (at: number) => at >= startMs && at < startMs + DAY_MS;
      for (const message of messages) {
        const at = Date.parse(String(message.timestamp));
        if (message.type !== "track" || !isThatDay(at)) continue;
        more.messages.push({
          ...message,
          messageId: `${message.messageId}+${shiftDays}`,
          timestamp: new Date(at + shiftMs).toISOString(),
        });
      }
      for (const answer of answers) {
        if (isThatDay(answer.at)) more.answers.push({ ...answer, at: answer.at + shiftMs });
      }
    }
    return more;
  });
}
