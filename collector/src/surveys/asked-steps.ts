import type { SurveyStep } from "@telltale/protocol";
import type { Survey, SurveyVersion } from "./survey-definition.ts";

/** A question of a survey as it was asked over time. */
export interface AskedStep {
  /** As it was asked last. */
  step: SurveyStep;
  /** Whether the survey still asks it. */
  isAsked: boolean;
  /** The texts it was asked with, oldest first; more than one where the words changed. */
  wordings: { prompt: string; since: string }[];
}

/**
 * The questions that a survey asked in a stretch of time: those it asks now, then those it no longer
 * asks. A choice has the options of all its versions, so that no answer goes uncounted.
 *
 * @param versions - oldest first
 * @param span - in milliseconds since the epoch
 */
export function toAskedSteps(
  survey: Survey,
  versions: readonly SurveyVersion[],
  span: { fromMs: number; toMs: number },
): AskedStep[] {
  const inForce = versions.filter((version, at) => {
    const endMs = versions[at + 1]?.publishedAt.getTime() ?? Number.POSITIVE_INFINITY;
    return version.publishedAt.getTime() < span.toMs && endMs > span.fromMs;
  });
  const asked = new Map<string, AskedStep>();
  for (const step of survey.definition.steps) {
    asked.set(step.id, { step, isAsked: true, wordings: [] });
  }
  for (const { definition } of [...inForce].reverse()) {
    for (const step of definition.steps) {
      const known = asked.get(step.id);
      if (!known) asked.set(step.id, { step, isAsked: false, wordings: [] });
      else known.step = withOptionsOf(known.step, step);
    }
  }
  for (const { definition, publishedAt } of inForce) {
    for (const { id, prompt } of definition.steps) {
      const wordings = asked.get(id)?.wordings ?? [];
      if (wordings.at(-1)?.prompt === prompt) continue;
      wordings.push({ prompt, since: publishedAt.toISOString() });
    }
  }
  return [...asked.values()].filter(({ step }) => step.kind !== "thanks");
}

function withOptionsOf(step: SurveyStep, earlier: SurveyStep): SurveyStep {
  if (step.kind !== "choice" || earlier.kind !== "choice") return step;
  const known = new Set(step.options.map(({ value }) => value));
  const gone = earlier.options.filter(({ value }) => !known.has(value));
  const hasOther = step.hasOther || earlier.hasOther;
  return { ...step, options: [...step.options, ...gone], hasOther };
}
