import type { z } from "@hono/zod-openapi";
import {
  MOST_PROMPT_LIMITS,
  type PromptLimit,
  promptLimitSchema,
} from "../../projects/settings.ts";
import { issuesOf, sayFault } from "../field-faults.ts";
import type { FormFields } from "../form.ts";
import type { FieldFault } from "../ui/field.tsx";
import { toLine } from "./keep.ts";

/** A limit as the form holds it; a row that is empty is none. */
export interface LimitDraft {
  tag: string;
  prompts: string;
  days: string;
}

export const toLimitDraft = ({ tag, prompts, days }: PromptLimit): LimitDraft => ({
  tag,
  prompts: String(prompts),
  days: String(days),
});

export const parseLimits = (field: FormFields): LimitDraft[] =>
  Array.from({ length: MOST_PROMPT_LIMITS }, (_, at) => ({
    tag: toLine(field(`limit-${at + 1}-tag`)).slice(0, 100),
    prompts: field(`limit-${at + 1}-prompts`).slice(0, 20),
    days: field(`limit-${at + 1}-days`).slice(0, 20),
  })).filter((row) => Object.values(row).some((typed) => typed !== ""));

const LABELS: Record<string, string> = { tag: "The tag", prompts: "Prompts", days: "Days" };

/** What the rows say, or what is wrong with them. */
export function toLimits(
  rows: readonly LimitDraft[],
): { limits: PromptLimit[] } | { faults: FieldFault[] } {
  const read = rows.map(({ tag, prompts, days }) =>
    promptLimitSchema.safeParse({ tag, prompts: Number(prompts), days: Number(days) }),
  );
  const faults = read.flatMap(({ error }, at) => (error ? faultsOf(error, at + 1) : []));
  return faults.length > 0 ? { faults } : { limits: read.flatMap(({ data }) => data ?? []) };
}

const faultsOf = (error: z.ZodError, row: number): FieldFault[] =>
  issuesOf(error).map(({ path, message }) => {
    const name = String(path[0]);
    return { field: `limit-${row}-${name}`, message: sayFault(`${LABELS[name]}`, message) };
  });
