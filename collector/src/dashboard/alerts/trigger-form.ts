import type { Trigger } from "../../alerts/rule.ts";

/** One number or word of a condition, as the form asks for it. */
export interface TriggerField {
  /** Of the trigger, and of the form with `trigger-` before it. */
  name: string;
  label: string;
  unit: string;
  /** A number's bounds as the form shows them; absent for words. */
  range?: readonly [least: number, most: number, step: number];
  /** What the form shows for 1. */
  scale?: number;
  /** Words to choose from, with what is said of each. */
  options?: Readonly<Record<string, string>>;
  hint?: string;
}

/** A kind of condition in people's words. */
interface TriggerForm {
  word: string;
  hint: string;
  fields: readonly TriggerField[];
  preset: Trigger;
}

const days = (most: number, label: string): TriggerField => ({
  name: "days",
  label,
  unit: "days",
  range: [1, most, 1],
});

/** All kinds, in the order in which teams tend to need them. */
export const TRIGGER_FORMS: Readonly<Record<Trigger["kind"], TriggerForm>> = {
  tier: {
    word: "A worse tier",
    hint: "The account is confirmed at risk or critical.",
    fields: [],
    preset: { kind: "tier", to: ["at_risk", "critical"] },
  },
  drop: {
    word: "A sudden drop",
    hint: "The score falls by many points within a few days.",
    fields: [
      { name: "points", label: "Falls by", unit: "points", range: [1, 100, 1] },
      days(90, "within"),
    ],
    preset: { kind: "drop", points: 15, days: 7 },
  },
  slope: {
    word: "A slow decline",
    hint: "The score loses a little every week, which nobody notices.",
    fields: [
      { name: "pointsPerWeek", label: "Loses", unit: "points a week", range: [0.1, 50, 0.1] },
      days(180, "over"),
    ],
    preset: { kind: "slope", pointsPerWeek: 3, days: 28 },
  },
  stale: {
    word: "Silence",
    hint: "No use, no answers, or nothing from another system.",
    fields: [
      {
        name: "source",
        label: "Nothing of",
        unit: "",
        hint: "usage, answers, or the name of an observed series",
      },
      days(365, "for"),
    ],
    preset: { kind: "stale", source: "usage", days: 14 },
  },
  detractor: {
    word: "A low answer",
    hint: "Somebody of the account gives a bad rating.",
    fields: [
      {
        name: "measure",
        label: "Asked for",
        unit: "",
        options: { any: "any rating", csat: "CSAT", nps: "NPS", ces: "effort", thumbs: "thumbs" },
      },
      { name: "atMost", label: "Rated at most", unit: "of 100", range: [0, 100, 1] },
      days(90, "in the last"),
    ],
    preset: { kind: "detractor", measure: "any", atMost: 25, days: 14 },
  },
  milestone_overdue: {
    word: "A late milestone",
    hint: "The account should have reached a milestone by now.",
    fields: [{ name: "milestone", label: "Milestone", unit: "" }, days(1_000, "not reached after")],
    preset: { kind: "milestone_overdue", milestone: "activated", days: 30 },
  },
  friction: {
    word: "Effort without success",
    hint: "The account tries features and completes no task.",
    fields: [
      { name: "features", label: "Tries", unit: "features or more", range: [1, 100, 1] },
      days(90, "within"),
    ],
    preset: { kind: "friction", features: 3, days: 14 },
  },
  expansion: {
    word: "Room to grow",
    hint: "A healthy account uses the product more and more.",
    fields: [
      { name: "minScore", label: "Score from", unit: "points", range: [0, 100, 1] },
      { name: "growthShare", label: "Uses more by", unit: "%", range: [1, 1_000, 1], scale: 100 },
      days(180, "than in the days before, over"),
    ],
    preset: { kind: "expansion", minScore: 80, growthShare: 0.25, days: 28 },
  },
};

const TIER_WORDS = { at_risk: "at risk", critical: "critical" };

/** The condition of a rule as half a sentence, with an account as its subject. */
export function describeTrigger(trigger: Trigger): string {
  switch (trigger.kind) {
    case "tier":
      return `is ${trigger.to.map((tier) => TIER_WORDS[tier]).join(" or ")}`;
    case "drop":
      return `falls by ${trigger.points} points within ${trigger.days} days`;
    case "slope":
      return `loses ${trigger.pointsPerWeek} points a week over ${trigger.days} days`;
    case "stale":
      return `has no ${trigger.source} for ${trigger.days} days`;
    case "detractor":
      return `gives a rating of at most ${trigger.atMost} of 100 (${TRIGGER_FORMS.detractor.fields[0]?.options?.[trigger.measure]}), in the last ${trigger.days} days`;
    case "milestone_overdue":
      return `has not reached “${trigger.milestone}” after ${trigger.days} days`;
    case "friction":
      return `tries ${trigger.features} features within ${trigger.days} days and completes nothing`;
    case "expansion":
      return `scores ${trigger.minScore} or more and uses ${Math.round(trigger.growthShare * 100)} % more than before, over ${trigger.days} days`;
  }
}

/** What the form shows for a field of a trigger. */
export function toFieldValue(trigger: Trigger, { name, scale = 1 }: TriggerField): string {
  const value = (trigger as Readonly<Record<string, unknown>>)[name];
  return typeof value === "number" ? String(Math.round(value * scale * 1_000) / 1_000) : `${value}`;
}
