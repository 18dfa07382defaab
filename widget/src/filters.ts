import type { Json, PropertyFilter } from "@telltale/protocol";

type Properties = { [key: string]: Json };

const lower = (value: unknown) => String(value).toLowerCase();

/**
 * Whether a property of an event passes a filter. Numbers are compared as numbers, `contains` looks
 * into texts without regard to case, and into lists.
 *
 * @param filter - the test; a filter without a value passes only for `exists`
 * @param properties - of the event; an absent property passes only `not_equals`
 */
export function matchesFilter(
  { operator, property, value }: PropertyFilter,
  properties: Properties,
): boolean {
  const actual = properties[property];
  switch (operator) {
    case "exists":
      return actual != null;
    case "equals":
      return actual === value;
    case "not_equals":
      return actual !== value;
    case "contains":
      return Array.isArray(actual)
        ? actual.includes(value as Json)
        : typeof actual === "string" && lower(actual).includes(lower(value));
    default:
      return (
        typeof actual === "number" &&
        (operator === "less_than" ? actual < Number(value) : actual > Number(value))
      );
  }
}

/** Whether the properties of an event pass all filters of a trigger. */
export function matchesFilters(
  filters: readonly PropertyFilter[],
  properties: Properties,
): boolean {
  return filters.every((filter) => matchesFilter(filter, properties));
}
