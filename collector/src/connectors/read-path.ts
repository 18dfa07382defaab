import { losesDigits } from "../lossy-number.ts";

/** What stands at a dotted path of a JSON value; undefined where there is nothing. */
export function readPath(value: unknown, path: string): unknown {
  let here = value;
  for (const key of path.split(".")) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}

/** A text or number at a path, as text; null where there is neither, or a number that lost its digits. */
export function readText(value: unknown, path: string): string | null {
  const found = readPath(value, path);
  if (typeof found === "number") return losesDigits(found) ? null : String(found);
  return typeof found === "string" && found !== "" ? found : null;
}

/** A finite number at a path, also written as text; null where there is none. */
export function readNumber(value: unknown, path: string): number | null {
  const found = readPath(value, path);
  const number = typeof found === "string" && found.trim() !== "" ? Number(found) : found;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

const LATEST = Date.parse("9000-01-01");

/**
 * A moment at a path: ISO 8601, or seconds or milliseconds since the epoch.
 *
 * @returns ISO 8601, or null
 */
export function readTime(value: unknown, path: string): string | null {
  const found = readPath(value, path);
  const number = readNumber(value, path);
  const ms =
    number !== null ? (number < 1e11 ? number * 1_000 : number) : Date.parse(String(found));
  return Number.isNaN(ms) || Math.abs(ms) > LATEST ? null : new Date(ms).toISOString();
}
