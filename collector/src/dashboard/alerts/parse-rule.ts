import { createHash } from "node:crypto";
import type { AlertRule, Trigger } from "../../alerts/rule.ts";
import { newRuleSchema } from "../../alerts/schema.ts";
import { toKey } from "../to-key.ts";
import type { FieldFault } from "../ui/field.tsx";
import { toRuleFaults } from "./rule-faults.ts";
import { TRIGGER_FORMS, toFieldValue } from "./trigger-form.ts";

/** The fields of a form by name; empty where there is none. */
export type Field = (name: string) => string;

/** A rule as somebody filled it in; null while something is wrong with it. */
export interface RuleDraft {
  rule: AlertRule | null;
  faults: FieldFault[];
}

/** The spans that every rule has, in hours. */
export const HOURS = ["noticeHours", "coolDownHours"] as const;

const toNumber = (text: string, scale = 1): number =>
  text === "" ? Number.NaN : Number(text) / scale;

function parseTrigger(kind: Trigger["kind"], field: Field): Record<string, unknown> {
  if (kind === "tier") {
    return { kind, to: ["at_risk", "critical"].filter((tier) => field(`to-${tier}`) !== "") };
  }
  const entries = TRIGGER_FORMS[kind].fields.map(({ name, range, scale }) => {
    const text = field(`trigger-${name}`);
    return [name, range ? toNumber(text, scale) : text.slice(0, 200)];
  });
  return { kind, ...Object.fromEntries(entries) };
}

/** The kind that a form is about; null when there is none of that name. */
export function parseKind(text: string): Trigger["kind"] | null {
  return Object.hasOwn(TRIGGER_FORMS, text) ? (text as Trigger["kind"]) : null;
}

/**
 * Reads the form of a rule. The key of a new rule follows from its name.
 *
 * @param known - the rule that is changed; null for a new one
 */
export function parseRule(field: Field, kind: Trigger["kind"], known: AlertRule | null): RuleDraft {
  const escalate = field("escalateAfterHours");
  const name = field("name").slice(0, 200);
  const given = {
    key: known?.key ?? toKey(name),
    name,
    trigger: parseTrigger(kind, field),
    level: field("level"),
    isEnabled: known?.isEnabled ?? false,
    ...Object.fromEntries(HOURS.map((hours) => [hours, toNumber(field(hours))])),
    escalateAfterHours: escalate === "" ? null : toNumber(escalate),
    playbookKey: field("playbookKey") || null,
  };
  const parsed = newRuleSchema.safeParse(given);
  if (parsed.success) return { rule: parsed.data, faults: [] };
  return { rule: null, faults: toRuleFaults(parsed.error, kind) };
}

/** What the form of a new rule proposes. */
export function toNewRule(kind: Trigger["kind"]): AlertRule {
  return {
    key: "",
    name: "",
    trigger: TRIGGER_FORMS[kind].preset,
    level: kind === "expansion" ? "monitor" : "outreach",
    isEnabled: false,
    noticeHours: 24,
    coolDownHours: 168,
    escalateAfterHours: null,
    playbookKey: null,
  };
}

/** What the form of a rule is filled with. */
export function toRuleFields(rule: AlertRule): Field {
  const { trigger } = rule;
  const fields = new Map<string, string>([
    ["name", rule.name],
    ["level", rule.level],
    ["noticeHours", String(rule.noticeHours)],
    ["coolDownHours", String(rule.coolDownHours)],
    ["escalateAfterHours", rule.escalateAfterHours === null ? "" : String(rule.escalateAfterHours)],
    ["playbookKey", rule.playbookKey ?? ""],
    ...TRIGGER_FORMS[trigger.kind].fields.map((one): [string, string] => [
      `trigger-${one.name}`,
      toFieldValue(trigger, one),
    ]),
  ]);
  if (trigger.kind === "tier") for (const tier of trigger.to) fields.set(`to-${tier}`, "on");
  return (name) => fields.get(name) ?? "";
}

/**
 * Stands for what a dry run looks at, so that a rule is turned on as it was tried and no other.
 */
export function toTriedMark(
  rule: Pick<AlertRule, "trigger" | "noticeHours" | "coolDownHours">,
): string {
  const { trigger, noticeHours, coolDownHours } = rule;
  const content = JSON.stringify([Object.entries(trigger).sort(), noticeHours, coolDownHours]);
  return createHash("sha256").update(content).digest("base64url").slice(0, 16);
}
