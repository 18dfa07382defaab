import type { OverrideSpec, ScoringModel } from "@telltale/scoring";
import { toNumber } from "../format.ts";

/** What is nearer to nothing than any signal that is something, in every unit. */
const NEXT_TO_NOTHING = 1e-6;

/** When a model's rule holds, as half a sentence: `Satisfaction is below 33 of 100`. */
export function describeCondition(
  when: OverrideSpec["when"],
  signals: Pick<ScoringModel["signals"][number], "key" | "label">[],
): string {
  const subject = signals.find(({ key }) => key === when.signal)?.label ?? when.signal;
  if (when.is === "below" && when.bound > 0 && when.bound < NEXT_TO_NOTHING) {
    return `${subject} is 0`;
  }
  const unit = when.measure === "normalized" ? " of 100" : "";
  return `${subject} is ${when.is} ${toNumber(when.bound)}${unit}`;
}
