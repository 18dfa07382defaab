import type { Tier } from "@telltale/protocol";
import type { AlertLevel } from "./queries.ts";

/** What makes an alert due. Points are points of the score; shares are 0–1. */
export type Trigger =
  | { kind: "tier"; to: Exclude<Tier, "unknown" | "healthy">[] }
  | { kind: "drop"; points: number; days: number }
  | { kind: "slope"; pointsPerWeek: number; days: number }
  /** `source`: `usage`, `answers`, or the name of an observed series. */
  | { kind: "stale"; source: string; days: number }
  /** `atMost`: on the common scale, 0–100. */
  | {
      kind: "detractor";
      measure: "csat" | "nps" | "ces" | "thumbs" | "any";
      atMost: number;
      days: number;
    }
  /** `days`: after the account began. */
  | { kind: "milestone_overdue"; milestone: string; days: number }
  /** Many features tried, no task completed. */
  | { kind: "friction"; features: number; days: number }
  | { kind: "expansion"; minScore: number; growthShare: number; days: number };

/** A rule of a project. */
export interface AlertRule {
  key: string;
  name: string;
  trigger: Trigger;
  level: AlertLevel;
  isEnabled: boolean;
  /** How long the condition must hold before anybody is told, in hours. */
  noticeHours: number;
  /** How long after its end the same alert stays away, in hours. */
  coolDownHours: number;
  /** After so many hours without acknowledgement it escalates; null: never. */
  escalateAfterHours: number | null;
  /** Null: chosen by what moves the score. */
  playbookKey: string | null;
}

/** An account that starts low is new at first, and at risk when it still is after so many days. */
export const START_DAYS = 14;

/** The rule that follows the confirmed tier. The tier's own notice is notice enough. */
export const TIER_RULE: AlertRule = {
  key: "tier",
  name: "At risk or critical",
  trigger: { kind: "tier", to: ["at_risk", "critical"] },
  level: "outreach",
  isEnabled: true,
  noticeHours: 0,
  coolDownHours: 72,
  escalateAfterHours: 48,
  playbookKey: null,
};

const rule = (
  rest: Pick<AlertRule, "key" | "name" | "trigger" | "level"> & Partial<AlertRule>,
) => ({
  ...TIER_RULE,
  isEnabled: false,
  noticeHours: 24,
  coolDownHours: 168,
  escalateAfterHours: null,
  ...rest,
});

/**
 * What a project starts with. Only the tier rule is on; each of the others wants a dry run first.
 * The figures are those that practitioners publish, see the sources in the documentation.
 */
export const STARTING_RULES: readonly AlertRule[] = [
  TIER_RULE,
  rule({
    key: "sudden-drop",
    name: "Fell 15 points in 7 days",
    trigger: { kind: "drop", points: 15, days: 7 },
    level: "outreach",
  }),
  rule({
    key: "slow-decline",
    name: "Loses 3 points a week for 4 weeks",
    trigger: { kind: "slope", pointsPerWeek: 3, days: 28 },
    level: "monitor",
    noticeHours: 72,
  }),
  rule({
    key: "silent",
    name: "No use for 14 days",
    trigger: { kind: "stale", source: "usage", days: 14 },
    level: "outreach",
    noticeHours: 0,
  }),
  rule({
    key: "detractor",
    name: "A very low answer",
    trigger: { kind: "detractor", measure: "any", atMost: 25, days: 14 },
    level: "outreach",
    noticeHours: 0,
  }),
  rule({
    key: "friction",
    name: "Tries features, completes nothing",
    trigger: { kind: "friction", features: 3, days: 14 },
    level: "monitor",
  }),
  rule({
    key: "expansion",
    name: "Healthy and growing",
    trigger: { kind: "expansion", minScore: 80, growthShare: 0.25, days: 28 },
    level: "monitor",
    noticeHours: 168,
    coolDownHours: 720,
  }),
];
