import type { PropertyFilter } from "@telltale/protocol";

/** Traits of a user or an account. */
export type Traits = { [key: string]: unknown };

/**
 * Whether traits pass a filter, by the rules that the browser applies to properties: numbers are
 * compared as numbers, `contains` looks into texts without regard to case, and into lists.
 */
export function matchesFilter(filter: PropertyFilter, traits: Traits): boolean {
  const { operator, value } = filter;
  const actual = Object.hasOwn(traits, filter.property) ? traits[filter.property] : undefined;
  switch (operator) {
    case "exists":
      return actual !== undefined && actual !== null;
    case "equals":
      return actual === value;
    case "not_equals":
      return actual !== value;
    case "contains":
      return Array.isArray(actual)
        ? actual.includes(value)
        : typeof actual === "string" && actual.toLowerCase().includes(String(value).toLowerCase());
    case "greater_than":
      return typeof actual === "number" && actual > Number(value);
    case "less_than":
      return typeof actual === "number" && actual < Number(value);
  }
}
