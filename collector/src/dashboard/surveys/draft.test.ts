import { describe, expect, it } from "vitest";
import { csatDefinition, surveyOf } from "../../../test/surveys.ts";
import { definitionSchema } from "../../surveys/definition-schema.ts";
import { parseDraft, toDefinitionInput, toSurveyDraft } from "./draft.ts";

const form = (fields: Record<string, string>) => parseDraft((name) => fields[name] ?? "");
const read = (draft: ReturnType<typeof form>, survey = surveyOf()) =>
  definitionSchema.parse(toDefinitionInput(draft, survey));

describe("the survey form", () => {
  it("asks the usual question when nothing is filled in", () => {
    const definition = definitionSchema.parse(toDefinitionInput(form({ name: "New" }), null));
    expect(definition.steps).toMatchObject([{ id: "nps", kind: "nps" }]);
    expect(definition.trigger).toEqual({ kind: "task", outcome: "completed" });
  });

  it("changes nothing when nothing is changed", () => {
    const survey = surveyOf({
      delayMs: 5_000,
      cancelEvents: ["Checkout"],
      translations: { de: { rating: { prompt: "Wie war das?" } } },
      targeting: { user: [], account: [], segments: ["large", "plan:pro"] },
      appearance: { theme: "dark", position: "top_left", accent: "rgb(1 2 3)" },
    });
    expect(read(toSurveyDraft(survey), survey)).toEqual(survey.definition);
  });

  it("keeps the id of a question that is reworded, with its branches", () => {
    const draft = toSurveyDraft(surveyOf());
    const [first, ...rest] = draft.steps;
    const steps = [{ ...first, prompt: "Better now?" }, ...rest] as typeof draft.steps;
    expect(read({ ...draft, steps }).steps[0]).toEqual({
      ...csatDefinition.steps[0],
      prompt: "Better now?",
    });
  });

  it("makes a new question of one that changes its kind", () => {
    const draft = toSurveyDraft(surveyOf());
    const [first, ...rest] = draft.steps;
    const steps = [{ ...first, kind: "faces3" }, ...rest] as typeof draft.steps;
    expect(read({ ...draft, steps }).steps[0]).toMatchObject({ id: "rating-2", scale: 3 });
  });

  it("drops a question that is asked no more, and the branches that led to it", () => {
    const branches = [{ when: { operator: "at_most" as const, value: 2 }, goTo: "comment" }];
    const [rating, ...others] = csatDefinition.steps;
    const survey = surveyOf({ steps: [{ ...rating, branches }, ...others] as never });
    const draft = toSurveyDraft(survey);
    const steps = draft.steps.map((step) => (step.id === "comment" ? { ...step, kind: "" } : step));
    const definition = read({ ...draft, steps: steps as typeof draft.steps }, survey);
    expect(definition.steps.map(({ id }) => id)).toEqual(["rating", "thanks"]);
    expect(definition.steps[0]?.branches).toEqual([]);
  });

  it("reads options line by line, with their tags, and never calls one other", () => {
    const draft = form({
      "kind-1": "choice",
      "options-1": "Faster reports # speed\n\nOther\nOther",
    });
    const { steps } = definitionSchema.parse(toDefinitionInput(draft, null));
    expect(steps[0]).toMatchObject({
      kind: "choice",
      options: [
        { value: "faster-reports", label: "Faster reports", tag: "speed" },
        { value: "other-option", label: "Other" },
        { value: "other-option-2", label: "Other" },
      ],
    });
  });
});
