/**
 * A list of what is wrong with a document.
 *
 * @module
 */

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
  text(pointer: string, value: unknown, detail?: string): string | null;
  number(pointer: string, value: unknown, range: [low: number, high: number]): number | null;
  choice(pointer: string, value: unknown, choices: readonly string[]): string | null;
}

/** An empty list of faults. */
export function createFaults(): Faults {
  const found: ModelFault[] = [];
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
    text: (pointer, value, detail = "must be a text that is not empty") =>
      typeof value === "string" && value !== "" ? value : add(pointer, detail),
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
