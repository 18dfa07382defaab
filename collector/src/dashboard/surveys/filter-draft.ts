import type { PropertyFilter } from "@telltale/protocol";
import type { FormFields } from "../form.ts";
import { ifAny, keepRows, toLine } from "./keep.ts";

/** A test of a property as the form holds it; a row that is empty is no test. */
export interface FilterDraft {
  property: string;
  operator: PropertyFilter["operator"];
  value: string;
}

export const OPERATOR_WORDS: Record<PropertyFilter["operator"], string> = {
  equals: "is",
  not_equals: "is not",
  contains: "contains",
  greater_than: "is above",
  less_than: "is below",
  exists: "is known",
};

/** Most tests of one kind. */
export const MOST_FILTERS = 10;

const OPERATORS = Object.keys(OPERATOR_WORDS) as PropertyFilter["operator"][];

/** Numbers and true or false are themselves; a text that looks like one stands in quotes. */
export function toValueText(value: PropertyFilter["value"]): string {
  if (value === undefined) return "";
  if (typeof value !== "string") return String(value);
  return toLine(toValue(value) === value && value !== "" ? value : JSON.stringify(value));
}

/** @returns what {@link toValueText} wrote */
export function toValue(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  if (text !== "" && String(Number(text)) === text) return Number(text);
  if (!/^".*"$/.test(text)) return text;
  try {
    const quoted: unknown = JSON.parse(text);
    return typeof quoted === "string" ? quoted : text;
  } catch {
    return text;
  }
}

export const toFilterDraft = ({ property, operator, value }: PropertyFilter): FilterDraft => ({
  property: toLine(property),
  operator,
  value: toValueText(value),
});

/** @param name - of the rows, such as `user` for `user-1-property` */
export function parseFilters(field: FormFields, name: string): FilterDraft[] {
  return Array.from({ length: MOST_FILTERS }, (_, at) => {
    const part = (key: string): string => toLine(field(`${name}-${at + 1}-${key}`));
    return {
      property: part("property").slice(0, 200),
      operator: OPERATORS.find((one) => one === part("operator")) ?? "equals",
      value: part("value").slice(0, 4_000),
    };
  }).filter(isFilled);
}

const isFilled = ({ property, value }: FilterDraft): boolean => property !== "" || value !== "";

/** The tests of the rows; one that the form cannot show stays. */
export function toFilters(
  rows: readonly FilterDraft[],
  before: readonly PropertyFilter[],
): PropertyFilter[] {
  const isShown = (filter: PropertyFilter): boolean => isFilled(toFilterDraft(filter));
  const typed = keepRows(rows, before.filter(isShown), {
    show: toFilterDraft,
    read: ({ property, operator, value }) => ({
      property,
      operator,
      ...ifAny("value", value === "" ? "" : toValue(value)),
    }),
  });
  for (const [at, filter] of before.entries()) if (!isShown(filter)) typed.splice(at, 0, filter);
  return typed;
}
