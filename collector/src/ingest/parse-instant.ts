/** A day and a time; JavaScript would also take "1" for the year 2001. */
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(.*))?$/;

/**
 * A moment from ISO 8601, from 1970 on. Without a zone it is UTC: JavaScript would take the zone
 * that this server happens to stand in.
 *
 * @returns milliseconds since the epoch, or null for what is no such moment
 */
export function parseInstant(text: string): number | null {
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
