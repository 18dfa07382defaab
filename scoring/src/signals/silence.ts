/**
 * `silence`: an account that stops answering is not a content one.
 *
 * @module
 */

import { MS_PER_DAY } from "../facts.ts";
import { type Measurement, missing, type Reading } from "./reading.ts";

/** Earlier prompts needed to know what is usual for the account. */
const LEAST_EARLIER = 3;

/**
 * Share of the window's prompts left unanswered − the account's own share before; lower is healthier.
 *
 * Above 0 it answers less than it used to. Both shares are drawn to one half by the Jeffreys prior, so that one
 * ignored prompt says little. A prompt that is still open says nothing. Missing without prompts in the window, or with fewer than three before.
 */
export function measureSilence({ facts, spec, now }: Measurement): Reading {
  const unit = "share of prompts";
  const oldest = now - spec.windowDays * MS_PER_DAY;
  const shown = { recent: 0, earlier: 0 };
  const unanswered = { recent: 0, earlier: 0 };
  let last = Number.NEGATIVE_INFINITY;
  for (const { at, settledAt = at, answeredAt } of facts.prompts ?? []) {
    if (at > now || settledAt > now) continue;
    const when = at > oldest ? "recent" : "earlier";
    shown[when]++;
    if (answeredAt === null || answeredAt > now) unanswered[when]++;
    last = Math.max(last, at);
  }
  if (shown.recent === 0 || shown.earlier < LEAST_EARLIER) return missing(unit);
  const share = (when: "recent" | "earlier"): number =>
    (unanswered[when] + 0.5) / (shown[when] + 1);
  return {
    value: share("recent") - share("earlier"),
    unit,
    sampleSize: shown.recent,
    observedAt: last,
  };
}
