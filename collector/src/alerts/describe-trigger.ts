import type { Trigger } from "./rule.ts";

/** What a rule found at an account, as half a sentence after its name. */
export function describeFinding(trigger: Trigger, value: number): string {
  const whole = Math.round(value);
  switch (trigger.kind) {
    case "tier":
      return `is below the healthy tier (${whole})`;
    case "drop":
      return `fell ${whole} points within ${trigger.days} days`;
    case "slope":
      return `loses ${Math.round(value * 10) / 10} points a week over ${trigger.days} days`;
    case "stale":
      return `${trigger.source === "usage" ? "was not used" : `has no ${trigger.source}`} for ${whole} days`;
    case "detractor":
      return `gave an answer of ${whole} out of 100`;
    case "milestone_overdue":
      return `is ${whole} days late for ${trigger.milestone}`;
    case "friction":
      return `tried ${whole} features in ${trigger.days} days and completed nothing`;
    case "expansion":
      return `is healthy and uses ${Math.round(value * 100)} % more than before`;
  }
}
