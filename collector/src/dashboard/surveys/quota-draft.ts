import type { SegmentQuota } from "../../surveys/survey-definition.ts";
import type { FormFields } from "../form.ts";
import { keepRows, toLine } from "./keep.ts";

/** A quota as the form holds it; a row that is empty is none. */
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
  })).filter(({ segment, answers }) => segment !== "" || answers !== "");
}

/** The quotas of the rows; one that is shown as it was before stays what it was. */
export const toQuotas = (
  rows: readonly QuotaDraft[],
  before: readonly SegmentQuota[],
): SegmentQuota[] =>
  keepRows(rows, before, {
    show: toQuotaDraft,
    read: ({ segment, answers }) => ({ segment, answers: Number(answers) }),
  });
