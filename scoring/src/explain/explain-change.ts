/**
 * Why a score moved: an exact split of the difference between two dates.
 *
 * @module
 */

import { type AccountFacts, dayOf, factsAsOf } from "../facts.ts";
import type { ScoringModel } from "../model/model.ts";
import type { Norms } from "../norms/norms.ts";
import { toComposite } from "../score/composite.ts";
import { applyOverrides } from "../score/override.ts";
import { createScorer } from "../score/score-account.ts";
import { measureSignals } from "../signals/measure-signals.ts";
import type { MeasuredSignal } from "../signals/measured-signal.ts";
import { toChangeSentence } from "./change-sentence.ts";
import { comparableNorms } from "./comparable-norms.ts";
import { familyOf } from "./signal-family.ts";

/** What a change can come from. */
export const CHANGE_KINDS = [
  "behaviour",
  "decay",
  "sentiment",
  "external",
  "missing",
  "peers",
  "model",
  "override",
] as const;

/** What a change came from. */
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One end of a change: what was known, and how it was judged. */
export interface ChangePoint {
  /** As known at `now`; what is later is ignored. */
  facts: AccountFacts;
  model: ScoringModel;
  norms: Norms;
  /** Milliseconds since the Unix epoch. */
  now: number;
  /** Day number of `now` in the project's time zone; UTC unless told. */
  today?: number;
}

/** A part of a change. */
export interface ChangePart {
  kind: ChangeKind;
  /** Key of the signal, where the part belongs to one. */
  signal: string | null;
  /** In points. */
  points: number;
  sentence: string;
}

/** A change, taken apart. */
export interface ChangeExplanation {
  /** The scores, 0–100; where an account was `unknown`, what was known gave this. */
  from: number;
  to: number;
  /** `to` − `from`, in points. */
  delta: number;
  /** By kind, each present; they sum to `delta`. */
  byKind: Record<ChangeKind, number>;
  /** Largest first, without those of no points; they sum to `delta`. */
  parts: ChangePart[];
}

/**
 * Splits the change of an account's score into parts that sum to it.
 *
 * One thing is changed after the other, from the earlier end to the later: each signal that came, then each that went
 * (missing); each other signal in the order of the model, as *decay* when nothing new was seen and its old facts only aged,
 * else as behaviour, sentiment or external; then the norms (peers), the model with its profile and segment (model), and
 * what overrides add (override). Each part is the step it makes, so the sum is exact for any pair of dates and versions.
 * Where things interact, a part depends on this order, which is fixed; backwards, every part has the other sign.
 *
 * @param from - one end
 * @param to - the other, earlier or later
 * @returns null when either end has no signal at all, so that there is no number
 */
export function explainChange(from: ChangePoint, to: ChangePoint): ChangeExplanation | null {
  const isBackwards = to.now < from.now;
  const [early, late] = isBackwards ? [to, from] : [from, to];
  const old = measure(early, early.model);
  const start = judge(early, early.norms, old);
  const end = judge(late, late.norms, measure(late, late.model));
  if (start === null || end === null) return null;

  const known = factsAsOf(early.facts, early.now, early.today);
  const aged = byKey(measure({ ...late, facts: known }, early.model));
  const fresh = measure(late, early.model);
  const current = byKey(old);
  const parts: ChangePart[] = [];
  let last = start.plain;
  const take = (kind: ChangeKind, plain: number, move: Move | null = null): void => {
    const points = plain - last;
    const signed = isBackwards ? -points : points;
    parts.push({
      kind,
      signal: move?.after.key ?? null,
      points: signed,
      sentence: toChangeSentence({ kind, points: signed, move, early, late }),
    });
    last = plain;
  };
  for (const move of inOrder(fresh, current)) {
    current.set(move.after.key, move.after);
    const plain = judge(early, early.norms, [...current.values()])?.plain;
    if (plain === undefined) continue;
    take(kindOf(move, aged.get(move.after.key), early.model), plain, move);
  }
  const peers = judge(early, comparableNorms(early, late), [...current.values()]);
  if (peers) take("peers", peers.plain);
  take("model", end.plain);
  last = start.shown - start.plain;
  take("override", end.shown - end.plain);
  return isBackwards
    ? toExplanation(end.shown, start.shown, parts)
    : toExplanation(start.shown, end.shown, parts);
}

/** One signal, before and after. */
export interface Move {
  before: MeasuredSignal | null;
  after: MeasuredSignal;
}

function inOrder(
  fresh: readonly MeasuredSignal[],
  old: ReadonlyMap<string, MeasuredSignal>,
): Move[] {
  const moves = fresh.map((after): Move => ({ before: old.get(after.key) ?? null, after }));
  const came = moves.filter((move) => isSwitch(move) && isKnown(move.after));
  const went = moves.filter((move) => isSwitch(move) && !isKnown(move.after));
  // What comes is taken before what goes, so that some signal is always known.
  return [...came, ...went, ...moves.filter((move) => !isSwitch(move))];
}

function isKnown(signal: MeasuredSignal | null): boolean {
  return signal !== null && signal.value !== null;
}

function isSwitch({ before, after }: Move): boolean {
  return isKnown(before) !== isKnown(after);
}

function kindOf(move: Move, aged: MeasuredSignal | undefined, model: ScoringModel): ChangeKind {
  if (isSwitch(move)) return "missing";
  const { after } = move;
  const isUntouched = aged?.value === after.value && aged?.sampleSize === after.sampleSize;
  return isUntouched ? "decay" : familyOf(model, after.key);
}

/** The score of signals by one end's model, profile and segment; null without any. */
function judge(
  point: ChangePoint,
  norms: Norms,
  signals: readonly MeasuredSignal[],
): { plain: number; shown: number } | null {
  const scorer = createScorer({ model: point.model, norms });
  const { compiled } = scorer.compiledFor({ ...point.facts, now: point.now });
  const composite = toComposite(compiled, byKey(signals));
  if (composite.value === null) return null;
  const shown = applyOverrides(composite.value, compiled.overrides, composite).score;
  return { plain: composite.value, shown };
}

function measure(
  { facts, now, today = dayOf(now) }: ChangePoint,
  model: ScoringModel,
): MeasuredSignal[] {
  return measureSignals({ facts, model, now, today });
}

function byKey(signals: readonly MeasuredSignal[]): Map<string, MeasuredSignal> {
  return new Map(signals.map((signal) => [signal.key, signal]));
}

function toExplanation(from: number, to: number, parts: readonly ChangePart[]): ChangeExplanation {
  const byKind = Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, 0])) as Record<
    ChangeKind,
    number
  >;
  for (const part of parts) byKind[part.kind] += part.points;
  return {
    from,
    to,
    delta: to - from,
    byKind,
    parts: parts
      .filter((part) => part.points !== 0)
      .sort((a, b) => Math.abs(b.points) - Math.abs(a.points)),
  };
}
