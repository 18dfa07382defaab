import type { StepBranch, SurveyStep } from "@telltale/protocol";
import { isSameQuestion } from "../../surveys/change-surveys.ts";
import { type Places, toBranches } from "./branch-draft.ts";
import { ifAny, keepText } from "./keep.ts";
import { freeWord, toOptions } from "./option-lines.ts";
import type { Question, StepDraft } from "./step-draft.ts";
import { PROMPTS, SCALES, STEP_KINDS, type StepKind } from "./step-kinds.ts";

type FilledDraft = StepDraft & { kind: StepKind };
type Step<Kind extends SurveyStep["kind"]> = Extract<SurveyStep, { kind: Kind }>;

/**
 * The step that a filled-in question stands for, with branches still as they were. A question that
 * keeps its measure keeps its id and whatever nobody touched; another one is a new question.
 *
 * @param known - the survey's steps before
 * @param taken - ids that may not be used
 */
export function toStep(
  draft: FilledDraft,
  known: readonly SurveyStep[],
  taken: ReadonlySet<string>,
): Question {
  const before = known.find(({ id, kind }) => id === draft.id && kind !== "thanks");
  const kept = toQuestion(draft, before ?? null);
  if (before && isSameQuestion(before, kept)) return kept;
  const { id: _, branches: __, ...fresh } = toQuestion(draft, null);
  return { id: freeWord(STEP_KINDS[draft.kind].id, taken), ...fresh } as Question;
}

/** What the form says of a question, and of the rest what was there. */
function toQuestion(draft: FilledDraft, last: SurveyStep | null): Question {
  const { kind } = draft;
  const before = <Kind extends SurveyStep["kind"]>(wanted: Kind): Partial<Step<Kind>> =>
    last?.kind === wanted ? (last as Step<Kind>) : {};
  const base = {
    id: draft.id,
    prompt: keepText(draft.prompt, last?.prompt) || PROMPTS[kind],
    ...ifAny("branches", last?.branches),
  };
  const labels = (step: { lowLabel?: string; highLabel?: string }) => ({
    ...ifAny("lowLabel", keepText(draft.lowLabel, step.lowLabel)),
    ...ifAny("highLabel", keepText(draft.highLabel, step.highLabel)),
  });
  switch (kind) {
    case "nps":
      return { ...base, kind, ...labels(before("nps")) };
    case "thumbs":
      return { ...base, kind };
    case "choice":
    case "choices": {
      const { options = [], isShuffled } = before("choice");
      return {
        ...base,
        kind: "choice",
        options: toOptions(draft.options, options),
        isMultiple: kind === "choices",
        hasOther: draft.hasOther,
        ...((draft.isShuffled || isShuffled !== undefined) && { isShuffled: draft.isShuffled }),
      };
    }
    case "text":
      return {
        ...base,
        kind,
        ...ifAny("placeholder", keepText(draft.placeholder, before("text").placeholder)),
        isOptional: draft.isOptional,
        maxLength: Number(draft.maxLength),
      };
    case "link":
      return {
        ...base,
        kind,
        href: keepText(draft.href, before("link").href),
        label: keepText(draft.label, before("link").label),
      };
    default: {
      const { measure, display } = draft;
      const own = { measure, display, scale: Number(draft.scale) as 3 | 5 | 7 | 10 };
      const scale = kind === "rating" ? own : SCALES[kind];
      return { ...base, kind: "rating", ...scale, ...labels(before("rating")) };
    }
  }
}

/** A step whose branches are those of the form. */
export function withBranches<Step extends SurveyStep>(
  step: Step,
  { branches }: Pick<StepDraft, "branches">,
  places: Places,
): Step {
  const before: StepBranch[] = step.branches ?? [];
  const next = toBranches(branches, before, places);
  if (next.length === 0 && !step.branches) return step;
  return { ...step, branches: next };
}
