import { stableHash } from "@telltale/scoring";
import type { Judge } from "./judge.ts";
import type { MeasuredAccount } from "./measure-accounts.ts";

/** Names all that a score was made of: two scores with one hash are the same, to the bit. */
export function inputHashOf(
  measured: Pick<MeasuredAccount, "createdAt" | "segments" | "signals">,
  judge: Judge,
): string {
  const { createdAt, segments, signals } = measured;
  return stableHash(
    JSON.stringify([signals, judge.model.version, judge.norms.version, createdAt, segments]),
  );
}
