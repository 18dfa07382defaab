/**
 * What a score alone does not say: room to grow, and effort that leads nowhere.
 *
 * @module
 */

import type { ScoredAccount, ScoredSignal, Tier } from "../scored-account.ts";

/** A note beside a score. It changes nothing in it. */
export interface AccountNote {
  kind: "expansion" | "explores-without-outcome";
  sentence: string;
}

/** Growth of daily use, as a log ratio, that counts as growing: about a fifth more [ours]. */
const GROWING = 0.18;
/** Share of seats in use from which they are about to run out [ours]. */
const FULL = 0.9;
/** Normalised breadth of a keen explorer, and completion that shows no outcome [ours]. */
const BROAD = 60;
const UNFINISHED = 0.3;

/**
 * Notes on an account: healthy and growing or out of seats (expansion); many features tried and little finished
 * (explores without outcome).
 *
 * Signals are found by their keys `velocity`, `seat_coverage`, `feature_breadth` and `task_completion`; those that the model
 * lacks say nothing.
 *
 * @param scored - of `scoreAccount`
 * @param tier - confirmed
 */
export function noteAccount(scored: ScoredAccount, tier: Tier): AccountNote[] {
  const signals = new Map(
    scored.components.flatMap((component) => component.signals).map((one) => [one.key, one]),
  );
  const value = (key: string): number | null => signals.get(key)?.value ?? null;
  const notes: AccountNote[] = [];
  const growth = value("velocity");
  const seats = value("seat_coverage");
  if (tier === "healthy" && ((growth ?? 0) >= GROWING || (seats ?? 0) >= FULL)) {
    const reasons = [
      ...((growth ?? 0) >= GROWING
        ? [`use grows by ${percent(Math.expm1(growth as number))}`]
        : []),
      ...((seats ?? 0) >= FULL ? [`${percent(seats as number)} of seats are in use`] : []),
    ];
    notes.push({ kind: "expansion", sentence: `Healthy, and ${reasons.join(" and ")}` });
  }
  const breadth: ScoredSignal | undefined = signals.get("feature_breadth");
  const completion = value("task_completion");
  if ((breadth?.normalized ?? 0) >= BROAD && completion !== null && completion <= UNFINISHED) {
    notes.push({
      kind: "explores-without-outcome",
      sentence: `Tries many features, but finishes ${percent(completion)} of its tasks`,
    });
  }
  return notes;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
