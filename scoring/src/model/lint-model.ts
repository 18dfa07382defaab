/**
 * What a careful colleague would say about a model.
 *
 * @module
 */

import { toDayNumber } from "../civil-date.ts";
import { familyOfKind } from "../explain/signal-family.ts";
import type { ScoringModel } from "./model.ts";

/** One remark. It forbids nothing. */
export interface LintRemark {
  rule:
    | "many-signals"
    | "heavy-component"
    | "one-source"
    | "not-calibrated"
    | "review-due"
    | "unused-signal"
    | "no-reason";
  /** JSON pointer to what it is about. */
  pointer: string;
  detail: string;
}

const MOST_SIGNALS = 6;
const HEAVIEST = 0.5;
const CALIBRATION_DAYS = 90;

/**
 * Looks a model over: many signals, a heavy component, one source only, no calibration in 90 days, reviews that are due,
 * signals that nothing uses, no rationale.
 *
 * @param model - that `parseModel` accepts
 * @param now - ISO 8601, to compare with the dates of the document
 */
export function lintModel(model: ScoringModel, now: string): LintRemark[] {
  const remarks: LintRemark[] = [];
  const used = new Set(
    model.components.flatMap(({ signals }) => signals.map((part) => part.signal)),
  );
  for (const { when } of model.overrides) used.add(when.signal);
  if (used.size > MOST_SIGNALS) {
    remarks.push({
      rule: "many-signals",
      pointer: "/signals",
      detail: `${used.size} signals; past ${MOST_SIGNALS}, each says less and costs upkeep`,
    });
  }
  model.components.forEach(({ label, weight }, i) => {
    if (weight <= HEAVIEST) return;
    remarks.push({
      rule: "heavy-component",
      pointer: `/components/${i}/weight`,
      detail: `${label} carries more than half of the score`,
    });
  });
  const families = new Set(
    model.signals.filter((spec) => used.has(spec.key)).map((spec) => familyOfKind(spec.kind)),
  );
  if (families.size === 1) {
    remarks.push({
      rule: "one-source",
      pointer: "/signals",
      detail: `only ${[...families][0]} is looked at; if its source fails, so does the score`,
    });
  }
  if (model.calibratedAt === null || isOlder(model.calibratedAt, now)) {
    remarks.push({
      rule: "not-calibrated",
      pointer: "/calibratedAt",
      detail: `not checked against outcomes in the last ${CALIBRATION_DAYS} days`,
    });
  }
  model.signals.forEach((spec, i) => {
    if (spec.reviewBy !== undefined && spec.reviewBy.slice(0, 10) <= now.slice(0, 10)) {
      remarks.push({
        rule: "review-due",
        pointer: `/signals/${i}/reviewBy`,
        detail: `${spec.label} was to be reviewed by ${spec.reviewBy.slice(0, 10)}`,
      });
    }
    if (!used.has(spec.key)) {
      remarks.push({
        rule: "unused-signal",
        pointer: `/signals/${i}`,
        detail: `${spec.label} is measured, but nothing uses it`,
      });
    }
  });
  if (model.rationale.trim() === "") {
    remarks.push({ rule: "no-reason", pointer: "/rationale", detail: "nobody says why" });
  }
  return remarks;
}

function isOlder(date: string, now: string): boolean {
  return toDayNumber(now) - toDayNumber(date) > CALIBRATION_DAYS;
}
