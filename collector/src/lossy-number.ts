/** To be read after the name of a field. */
export const DIGITS_LOST = "is too large a number to keep its digits in JSON: send it as a string";

/**
 * Whether a number read from JSON stands for others too: from 2⁵³ on, `JSON.parse` gives neighbours the
 * same value. As an id it could make two people one.
 */
export const losesDigits = (value: unknown): boolean =>
  typeof value === "number" && Math.abs(value) > Number.MAX_SAFE_INTEGER;
