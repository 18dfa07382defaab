/** A day and a time; JavaScript would also take "1" for the year 2001. */
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(.*))?$/;

/**
 * A moment from ISO 8601, from 1970 on. Without a zone it is UTC: JavaScript would take the zone
 * that this server happens to stand in.
 *
 * @returns milliseconds since the epoch, or null for what is no such moment
 */
export function parseInstant(text: string): number | null {
  const canonical = parseCanonical(text);
  if (canonical >= 0) return canonical;
  const match = ISO_DATE.exec(text);
  if (!match) return null;
  const [, year, month, day, zone] = match;
  const isZoned = zone === undefined || zone !== "";
  const ms = Date.parse(isZoned ? text : `${text}Z`);
  if (!(ms >= 0)) return null;
  // JavaScript takes 30 February for 2 March.
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(day) > lastDay ? null : ms;
}

const ZERO = 48;
const NINE = 57;

/** Whether what stands between the digits is as in `2026-01-31T12:00:00.000Z`. */
function hasMarks(text: string): boolean {
  return (
    text.length === 24 &&
    text[4] === "-" &&
    text[7] === "-" &&
    text[10] === "T" &&
    text[13] === ":" &&
    text[16] === ":" &&
    text[19] === "." &&
    text[23] === "Z"
  );
}

/** Days of the months, from the first on; by number. */
const MONTH_DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The number that some digits make; NaN where one is none. */
function readDigits(text: string, from: number, to: number): number {
  let number = 0;
  for (let place = from; place < to; place += 1) {
    const code = text.charCodeAt(place);
    if (code < ZERO || code > NINE) return Number.NaN;
    number = number * 10 + code - ZERO;
  }
  return number;
}

/**
 * A moment in the form in which JavaScript writes it, read digit by digit: nearly all messages have
 * it, and a regular expression takes ten times as long.
 *
 * @returns milliseconds since the epoch; NaN for any other form, and for leap days
 */
export function parseCanonical(text: string): number {
  if (!hasMarks(text)) return Number.NaN;
  const month = readDigits(text, 5, 7);
  const day = readDigits(text, 8, 10);
  const hour = readDigits(text, 11, 13);
  const minute = readDigits(text, 14, 16);
  const second = readDigits(text, 17, 19);
  const isTime = hour < 24 && minute < 60 && second < 60;
  // The 29th of February is left to the other way, which knows the years.
  if (!isTime || !(day >= 1 && day <= (MONTH_DAYS[month] ?? 0))) return Number.NaN;
  const year = readDigits(text, 0, 4);
  // JavaScript takes the years 0 to 99 for those of the last century.
  if (!(year >= 1970)) return Number.NaN;
  return Date.UTC(year, month - 1, day, hour, minute, second, readDigits(text, 20, 23));
}
