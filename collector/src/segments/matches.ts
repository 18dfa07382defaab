import type { SegmentRule } from "../db/schema/segments.ts";

/** Whether an account with these traits is in a segment: every rule must hold. */
export function isInSegment(
  rules: readonly SegmentRule[],
  traits: Readonly<Record<string, unknown>>,
): boolean {
  return rules.every((rule) =>
    holds(rule, Object.hasOwn(traits, rule.trait) ? traits[rule.trait] : undefined),
  );
}

function holds({ operator, value }: SegmentRule, actual: unknown): boolean {
  switch (operator) {
    case "equals":
      return actual === value;
    case "not_equals":
      return actual !== value;
    case "exists":
      return actual !== undefined && actual !== null;
    case "at_least":
      return typeof actual === "number" && typeof value === "number" && actual >= value;
    case "below":
      return typeof actual === "number" && typeof value === "number" && actual < value;
  }
}
