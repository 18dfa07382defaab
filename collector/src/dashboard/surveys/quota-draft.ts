import type { SegmentQuota } from "../../surveys/survey-definition.ts";
import type { FormFields } from "../form.ts";
import { keepRows, toLine } from "./keep.ts";

/** A quota as the form holds it; a row without a segment is none. */
export interface QuotaDraft {
  segment: string;
  answers: string;
}

/** Most quotas of a survey. */
export const MOST_QUOTAS = 10;

export const toQuotaDraft = ({ segment, answers }: SegmentQuota): QuotaDraft => ({
  segment: toLine(segment),
  answers: String(answers),
});

export function parseQuotas(field: FormFields): QuotaDraft[] {
  return Array.from({ length: MOST_QUOTAS }, (_, at) => ({
    segment: toLine(field(`quota-${at + 1}-segment`)).slice(0, 100),
    answers: toLine(field(`quota-${at + 1}-answers`)).slice(0, 20),
  })).filter(({ segment }) => segment !== "");
}

/** The quotas of the rows; one that the form cannot show stays. */
export function toQuotas(
  rows: readonly QuotaDraft[],
  before: readonly SegmentQuota[],
): SegmentQuota[] {
  const isShown = (quota: SegmentQuota): boolean => toQuotaDraft(quota).segment !== "";
  const quotas = keepRows(rows, before.filter(isShown), {
    show: toQuotaDraft,
    read: ({ segment, answers }) => ({ segment, answers: Number(answers) }),
  });
  for (const [at, quota] of before.entries()) if (!isShown(quota)) quotas.splice(at, 0, quota);
  return quotas;
}
