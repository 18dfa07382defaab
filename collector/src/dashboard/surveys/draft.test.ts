import { describe, expect, it } from "vitest";
import { z } from "zod";
import { csatDefinition, surveyOf } from "../../../test/surveys.ts";
import { definitionSchema } from "../../surveys/definition-schema.ts";
import { toFields } from "../form.ts";
import { parseDraft, toSurveyDraft } from "./draft.ts";
import { toFieldFaults } from "./draft-faults.ts";
import { toDefinitionInput } from "./to-definition.ts";

const form = (fields: Record<string, string>) =>
  parseDraft(toFields((name) => (fields[name] === undefined ? [] : [fields[name]])));
/** What the check of a definition says; it must have refused it. */
const refusalOf = (definition: unknown) =>
  definitionSchema.safeParse(definition).error ?? new z.ZodError([]);
const read = (draft: ReturnType<typeof form>, survey: ReturnType<typeof surveyOf> | null) =>
  definitionSchema.parse(toDefinitionInput(draft, survey).definition);

describe("the survey form", () => {
  it("asks the usual question when nothing is filled in", () => {
    const definition = read(form({ name: "New" }), null);
    expect(definition.steps).toMatchObject([{ id: "nps", kind: "nps" }]);
    expect(definition.trigger).toEqual({ kind: "task", outcome: "completed" });
  });

  it("keeps the id of a question that is reworded, with its branches", () => {
    const draft = toSurveyDraft(surveyOf());
    const [first, ...rest] = draft.steps;
    const steps = [{ ...first, prompt: "Better now?" }, ...rest] as typeof draft.steps;
    expect(read({ ...draft, steps }, surveyOf()).steps[0]).toEqual({
      ...csatDefinition.steps[0],
      prompt: "Better now?",
    });
  });

  it("makes a new question of one that changes its kind", () => {
    const draft = toSurveyDraft(surveyOf());
    const [first, ...rest] = draft.steps;
    const steps = [{ ...first, kind: "faces3" }, ...rest] as typeof draft.steps;
    expect(read({ ...draft, steps }, surveyOf()).steps[0]).toMatchObject({
      id: "rating-2",
      scale: 3,
    });
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
    const { steps } = read(draft, null);
    expect(steps[0]).toMatchObject({
      kind: "choice",
      options: [
        { value: "faster-reports", label: "Faster reports", tag: "speed" },
        { value: "other-option", label: "Other" },
        { value: "other-option-2", label: "Other" },
      ],
    });
  });

  it("keeps what an option stores when its words change", () => {
    const options = [
      { value: "sso", label: "SSO", tag: "sign-on" },
      { value: "api", label: "API" },
    ];
    const step = { id: "c", kind: "choice", prompt: "What?", options, isMultiple: false };
    const survey = surveyOf({ steps: [{ ...step, hasOther: false }] as never });
    const draft = toSurveyDraft(survey);
    expect(draft.steps[0]?.options).toBe("SSO [sso] # sign-on\nAPI [api]");
    const typed = "Single sign-on [sso] # sign-on\nAPI [api]\nA new one";
    const steps = [{ ...draft.steps[0], options: typed }, ...draft.steps.slice(1)];
    expect(read({ ...draft, steps: steps as typeof draft.steps }, survey).steps[0]).toMatchObject({
      options: [
        { value: "sso", label: "Single sign-on", tag: "sign-on" },
        { value: "api", label: "API" },
        { value: "a-new-one", label: "A new one" },
      ],
    });
  });

  it("reads everything that a survey can say", () => {
    const definition = read(
      form({
        form: "1",
        name: "All",
        "kind-1": "rating",
        "prompt-1": "How fast is it?",
        "measure-1": "custom",
        "display-1": "stars",
        "scale-1": "10",
        "low-1": "Slow",
        "high-1": "Fast",
        "branch-1-1-operator": "at_most",
        "branch-1-1-value": "4",
        "branch-1-1-goto": "3",
        "branch-1-2-operator": "at_least",
        "branch-1-2-value": "9",
        "branch-1-2-goto": "end",
        "kind-2": "link",
        "prompt-2": "Tell us more?",
        "href-2": "https://example.com/call",
        "label-2": "Book a call",
        "kind-3": "text",
        "prompt-3": "What was slow?",
        "max-3": "300",
        "position-2": "3",
        "position-3": "2",
        thanks: "Thank you!",
        languages: "de",
        "text-de-1-prompt": "Wie schnell?",
        "text-de-1-lowLabel": "Langsam",
        trigger: "event",
        about: "Export",
        "where-1-property": "rows",
        "where-1-operator": "greater_than",
        "where-1-value": "1000",
        delay: "2.5",
        cancel: "Checkout\nSign Out",
        segments: "large",
        "user-1-property": "role",
        "user-1-value": "admin",
        "account-1-property": "seats",
        "account-1-operator": "exists",
        sample: "12.5",
        start: "2026-06-01T08:00",
        again: "days",
        repeat: "30",
        spread: "14",
        cap: "500",
        theme: "dark",
        position: "center",
        accent: "#aa0000",
        anchor: "#export",
      }),
      null,
    );
    expect(definition).toMatchObject({
      steps: [
        {
          id: "rating",
          measure: "custom",
          display: "stars",
          scale: 10,
          lowLabel: "Slow",
          highLabel: "Fast",
          branches: [
            { when: { operator: "at_most", value: 4 }, goTo: "comment" },
            { when: { operator: "at_least", value: 9 }, goTo: "end" },
          ],
        },
        { id: "comment", isOptional: false, maxLength: 300 },
        { id: "link", href: "https://example.com/call", label: "Book a call" },
        { id: "thanks", prompt: "Thank you!" },
      ],
      translations: { de: { rating: { prompt: "Wie schnell?", lowLabel: "Langsam" } } },
      trigger: {
        kind: "event",
        event: "Export",
        where: [{ property: "rows", operator: "greater_than", value: 1_000 }],
      },
      delayMs: 2_500,
      cancelEvents: ["Checkout", "Sign Out"],
      targeting: {
        user: [{ property: "role", operator: "equals", value: "admin" }],
        account: [{ property: "seats", operator: "exists" }],
        segments: ["large"],
      },
      sampleShare: 0.125,
      schedule: { startAt: "2026-06-01T08:00:00.000Z" },
      repeatAfterDays: 30,
      spreadDays: 14,
      responseCap: 500,
      appearance: { theme: "dark", position: "center", accent: "#aa0000", anchor: "#export" },
    });
  });

  it("says of a value what is missing beside it, in place of passing over it", () => {
    const draft = form({
      ...{ form: "1", "kind-1": "nps", trigger: "event", about: "Exported" },
      ...{ "where-1-property": "rows", "where-1-value": "5", "where-3-value": "4711" },
      ...{ "user-2-value": "admin", "account-1-operator": "exists" },
    });
    expect([draft.where, draft.user, draft.account].map(({ length }) => length)).toEqual([2, 1, 0]);
    const { definition, places } = toDefinitionInput(draft, null);
    const error = refusalOf(definition);
    const fix = "name what the value is of, or empty the row.";
    expect(toFieldFaults(error, places)).toEqual([
      { field: "where-2-property", message: `Test of a property: ${fix}` },
      { field: "user-1-property", message: `Test of a trait: ${fix}` },
    ]);
  });

  it("says at which field a fault is", () => {
    const draft = form({
      form: "1",
      "kind-1": "nps",
      "branch-1-1-goto": "1",
      "branch-1-2-value": "6",
      "kind-2": "choice",
      "options-2": "One alone",
      "position-2": "0",
      sample: "140",
      languages: "en",
      end: "never",
    });
    const { definition, places } = toDefinitionInput(draft, null);
    const error = refusalOf(definition);
    const fields = toFieldFaults(error, places).map(({ field }) => field);
    expect(fields).toEqual([
      "options-2",
      "sample",
      "end",
      "branch-1-1-goto",
      "branch-1-2-goto",
      "languages",
    ]);
  });
});
