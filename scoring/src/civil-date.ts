/**
 * Calendar dates without a clock.
 *
 * @module
 */

/**
 * The date of a day number, as `YYYY-MM-DD` (proleptic Gregorian).
 *
 * @param day - days since 1970-01-01, an integer
 * @see https://howardhinnant.github.io/date_algorithms.html#civil_from_days
 */
export function toCivilDate(day: number): string {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/**
 * The day number of a date, the inverse of {@link toCivilDate}.
 *
 * @param date - starts with `YYYY-MM-DD`; the rest is ignored
 * @throws {RangeError} if it does not
 * @see https://howardhinnant.github.io/date_algorithms.html#days_from_civil
 */
export function toDayNumber(date: string): number {
  const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(date);
  if (!match) throw new RangeError(`toDayNumber requires YYYY-MM-DD, got ${date}`);
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}
