import { createHash } from "node:crypto";

/** A number from 0 to 1, evenly spread over the inputs and the same for ever for one of them. */
function share(...parts: string[]): number {
  return createHash("sha256").update(JSON.stringify(parts)).digest().readUIntBE(0, 6) / 2 ** 48;
}

/**
 * Whether a person belongs to the sample of a survey. The same answer each time: a sample drawn anew
 * at each showing would reach everybody in the end.
 *
 * @param sampleShare - 0 to 1
 */
export function isSampled(surveyId: string, personId: string, sampleShare: number): boolean {
  return share("sample", surveyId, personId) < sampleShare;
}

/** The day, from 0 to below `spreadDays`, on which a person's turn comes. */
export function spreadDayOf(surveyId: string, personId: string, spreadDays: number): number {
  return Math.floor(share("spread", surveyId, personId) * spreadDays);
}
