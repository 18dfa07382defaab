/**
 * A list of what is wrong with a document.
 *
 * @module
 */

import { toCivilDate, toDayNumber } from "../civil-date.ts";

/** One fault. */
export interface ModelFault {
  /** JSON pointer (RFC 6901) to the value. */
  pointer: string;
  detail: string;
}

/** Collects faults; each check returns the value when it holds, else null. */
export interface Faults {
  found: ModelFault[];
  add(pointer: string, detail: string): null;
  object(pointer: string, value: unknown): Record<string, unknown> | null;
  list(pointer: string, value: unknown): unknown[] | null;
  text(pointer: string, value: unknown): string | null;
  /** A text that may name a field of an object: not one that every object has, such as `constructor`. */
  key(pointer: string, value: unknown): string | null;
  /** ISO 8601, a day or a moment. */
  date(pointer: string, value: unknown): string | null;
  number(pointer: string, value: unknown, range: [low: number, high: number]): number | null;
  choice(pointer: string, value: unknown, choices: readonly string[]): string | null;
}

/** An empty list of faults. */
export function createFaults(): Faults {
  const found: ModelFault[] = [];
  const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
  const add = (pointer: string, detail: string): null => {
    found.push({ pointer, detail });
    return null;
  };
  return {
    found,
    add,
    object: (pointer, value) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? (value as Record<string, unknown>)
        : add(pointer, "must be an object"),
    list: (pointer, value) => (Array.isArray(value) ? value : add(pointer, "must be a list")),
    text: (pointer, value) =>
      isText(value) ? value : add(pointer, "must be a text that is not empty"),
    key: (pointer, value) =>
      isText(value) && !(value in {})
        ? value
        : add(pointer, "must be a text that is not empty and no name such as constructor"),
    date: (pointer, value) =>
      isText(value) && isDate(value) ? value : add(pointer, "must be a date, such as 2026-11-21"),
    number: (pointer, value, [low, high]) =>
      typeof value === "number" && value >= low && value <= high
        ? value
        : add(pointer, `must be a number from ${low} to ${high}`),
    choice: (pointer, value, choices) =>
      typeof value === "string" && choices.includes(value)
        ? value
        : add(pointer, `must be one of ${choices.join(", ")}`),
  };
}

const TIME = "T([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:\\d\\d)?";
const DATE = new RegExp(`^\\d{4}-\\d\\d-\\d\\d(${TIME})?$`);

/** Whether a text is a day that the calendar has, perhaps with a time. */
function isDate(text: string): boolean {
  return DATE.test(text) && toCivilDate(toDayNumber(text)) === text.slice(0, 10);
}
