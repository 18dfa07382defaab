import type { Trigger } from "../../alerts/rule.ts";
import { issuesOf, type Refusal, sayFault } from "../field-faults.ts";
import { KEYLESS_NAME } from "../to-key.ts";
import type { FieldFault } from "../ui/field.tsx";
import { TRIGGER_FORMS } from "./trigger-form.ts";

/** The fields that every rule has, as its form calls them. */
export const RULE_LABELS = {
  name: "Name",
  level: "How urgently",
  playbookKey: "With the playbook",
  noticeHours: "Once it has held for",
  coolDownHours: "Not again within",
  escalateAfterHours: "Escalate if nobody takes it for",
} as const;

/** The faults of a rule at the fields of its form. */
export function toRuleFaults(refusal: Refusal, kind: Trigger["kind"]): FieldFault[] {
  const faults = issuesOf(refusal).map(({ path: [part, name], message }): FieldFault => {
    // The key follows from the name.
    if (part === "key") return { field: "name", message: KEYLESS_NAME };
    if (part === "trigger" && kind === "tier") {
      return { field: "", message: "Choose the tiers that somebody is told of." };
    }
    if (part === "trigger") {
      const asked = TRIGGER_FORMS[kind].fields.find((field) => field.name === name);
      return {
        field: asked ? `trigger-${asked.name}` : "",
        message: sayFault(`“${asked?.label ?? "The condition"}”`, message),
      };
    }
    const field = String(part ?? "");
    const label = Object.hasOwn(RULE_LABELS, field)
      ? RULE_LABELS[field as keyof typeof RULE_LABELS]
      : "This rule";
    return { field, message: sayFault(`“${label}”`, message) };
  });
  return faults.filter(({ field }, at) => faults.findIndex((one) => one.field === field) === at);
}
