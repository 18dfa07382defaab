/**
 * Changes in words.
 *
 * @module
 */

import { toCivilDate } from "../civil-date.ts";
import { type AccountFacts, dayOf } from "../facts.ts";
import type { ScoringModel } from "../model/model.ts";
import type { SignalSpec } from "../model/signal-spec.ts";
import { toAnswers, toQuantity, toSigned } from "../score/sentence.ts";
import type { ChangeKind, Move } from "./explain-change.ts";

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

interface End {
  model: ScoringModel;
  facts: AccountFacts;
  now: number;
  today?: number;
}

/** What {@link toChangeSentence} words. */
export interface WordedChange {
  kind: ChangeKind;
  points: number;
  move: Move | null;
  early: End;
  late: End;
}

/**
 * One part of a change as a sentence.
 *
 * @example
 * // "Satisfaction −12: 3 answers since 4 Nov (82 → 47 of 100)"
 */
export function toChangeSentence({ kind, points, move, early, late }: WordedChange): string {
  const signed = toSigned(points);
  if (!move) {
    if (kind === "peers") return `Comparison ${signed}: the other accounts moved`;
    if (kind === "override")
      return `Rules ${signed}: a rule of the model that caps or lifts the score`;
    const isSame = early.model.version === late.model.version;
    return isSame
      ? `Model ${signed}: another profile or segment of ${late.model.version}`
      : `Model ${signed}: version ${early.model.version} → ${late.model.version}`;
  }
  const { before, after } = move;
  const spec = early.model.signals.find((signal) => signal.key === after.key) as SignalSpec;
  const since = `since ${toShortDate(early.today ?? dayOf(early.now))}`;
  if (kind === "missing") {
    const isNew = after.value !== null;
    const gone =
      after.status === "stale" ? "its last observation is too old" : "nothing left to measure";
    return `${spec.label} ${signed}: ${isNew ? `first measured ${since}` : gone}`;
  }
  const unit = after.unit;
  const step = `${toQuantity(before?.value ?? 0, "")} → ${toQuantity(after.value ?? 0, unit)}`;
  const span =
    unit.startsWith("share of ") || unit === "log ratio"
      ? `${toQuantity(before?.value ?? 0, unit)} → ${toQuantity(after.value ?? 0, unit)}`
      : step;
  if (kind === "decay") return `${spec.label} ${signed}: nothing new ${since} (${span})`;
  if (kind !== "sentiment" || unit !== "of 100") return `${spec.label} ${signed}: ${span} ${since}`;
  const answers = late.facts.responses.filter(
    (row) =>
      row.kind === (spec.kind === "comments" ? "comment" : spec.kind) &&
      row.at > early.now &&
      row.at <= late.now,
  ).length;
  return `${spec.label} ${signed}: ${toAnswers(answers)} ${since} (${span})`;
}

function toShortDate(day: number): string {
  const [, month, date] = toCivilDate(day).split("-").map(Number) as [number, number, number];
  return `${date} ${MONTHS[month - 1]}`;
}
