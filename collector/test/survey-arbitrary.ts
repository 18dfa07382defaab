import type { StepBranch, SurveyStep } from "@telltale/protocol";
import fc from "fast-check";
import { toDefinition } from "../src/surveys/change-surveys.ts";
import { definitionSchema } from "../src/surveys/definition-schema.ts";
import { DEVICES } from "../src/surveys/device.ts";
import type { SurveyDefinition } from "../src/surveys/survey-definition.ts";

/** Texts with what makes forms lose something: line breaks, blanks, signs of our own notations. */
const text = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom("Yes", "5", "true", '"quoted"', "a = b", "x # y", "[z]"),
  },
  { weight: 2, arbitrary: fc.constantFrom("two\nlines", " blanks ", "a\r\nb", "<b>&amp;", "\t") },
  { weight: 2, arbitrary: fc.string({ minLength: 1, maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }) },
);
const maybe = <Value>(key: string, value: fc.Arbitrary<Value>) =>
  fc
    .option(value, { nil: undefined })
    .map((given) => (given === undefined ? {} : { [key]: given }));
const all = (...parts: fc.Arbitrary<object>[]) =>
  fc.tuple(...parts).map((given) => Object.assign({}, ...given) as object);

const filter = fc.record({
  property: text,
  operator: fc.constantFrom("equals", "not_equals", "contains", "greater_than", "exists"),
  value: fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean()),
});
const filters = fc.array(filter, { maxLength: 10 });

const trigger = fc.oneof(
  all(fc.record({ kind: fc.constant("event"), event: text }), maybe("where", filters)),
  all(
    fc.record({ kind: fc.constant("feature"), feature: text }),
    maybe("stage", fc.constantFrom("seen", "adopted")),
  ),
  all(
    fc.record({ kind: fc.constant("task"), outcome: fc.constantFrom("completed", "failed") }),
    maybe("task", text),
  ),
  fc.record({
    kind: fc.constant("page"),
    match: fc.constantFrom("equals", "starts_with", "contains", "ends_with", "not_contains"),
    path: text,
  }),
  fc.record({ kind: fc.constant("scroll"), percent: fc.integer({ min: 1, max: 100 }) }),
  all(
    fc.record({ kind: fc.constant("click"), selector: text }),
    maybe("text", text),
    maybe("path", fc.constantFrom("/", "/two\nlines")),
  ),
  all(
    fc.record({ kind: fc.constant("time_on_page"), seconds: fc.integer({ min: 1, max: 3_600 }) }),
    maybe(
      "path",
      text.map((rest) => `/${rest}`),
    ),
  ),
  fc.record({ kind: fc.constantFrom("exit_intent", "manual") }),
);

const labels = all(maybe("lowLabel", text), maybe("highLabel", text));
const option = all(fc.record({ value: text, label: text }), maybe("tag", text));
const question = fc.oneof(
  all(
    fc.record({
      kind: fc.constant("rating"),
      measure: fc.constantFrom("csat", "ces", "custom"),
      display: fc.constantFrom("faces", "stars", "numbers"),
      scale: fc.constantFrom(3, 5, 7, 10),
    }),
    labels,
  ),
  all(fc.record({ kind: fc.constant("nps") }), labels),
  fc.record({ kind: fc.constant("thumbs") }),
  all(
    fc.record({
      kind: fc.constant("choice"),
      options: fc.array(option, { minLength: 2, maxLength: 6 }),
      isMultiple: fc.boolean(),
      hasOther: fc.boolean(),
    }),
    maybe("isShuffled", fc.boolean()),
  ),
  all(
    fc.record({
      kind: fc.constant("text"),
      isOptional: fc.boolean(),
      maxLength: fc.integer({ min: 1, max: 8_000 }),
    }),
    maybe("placeholder", text),
  ),
  fc.record({
    kind: fc.constant("link"),
    href: fc.constantFrom("https://example.com/?a=1&b=2", "mailto:a@example.com"),
    label: text,
  }),
);

const branch = fc.record({
  when: fc.record({
    operator: fc.constantFrom("equals", "at_most", "at_least", "includes"),
    value: fc.oneof(text, fc.constant(""), fc.integer({ min: 0, max: 10 })),
  }),
  ahead: fc.integer({ min: 1, max: 5 }),
});

const IDS = ["thanks", "end", "q-1", "rating", "a_b"];

/** Steps in which each branch leads on. */
const steps = fc
  .record({
    questions: fc.array(
      all(
        question,
        fc.record({ prompt: text }),
        maybe("branches", fc.array(branch, { maxLength: 3 })),
      ),
      { minLength: 1, maxLength: 5 },
    ),
    ids: fc.shuffledSubarray(IDS, { minLength: 5 }),
    thanks: fc.option(text),
  })
  .map(({ questions, ids, thanks }) => {
    const made: Record<string, unknown>[] = questions.map((one, at) => ({ ...one, id: ids[at] }));
    if (thanks !== null) made.push({ id: "bye", kind: "thanks", prompt: thanks });
    return made.map(({ branches, ...step }, at) => ({
      ...step,
      ...(branches !== undefined && {
        branches: (branches as { when: StepBranch["when"]; ahead: number }[]).map(
          ({ when, ahead }) => ({ when, goTo: String(made[at + ahead]?.id ?? "end") }),
        ),
      }),
    }));
  });

const texts = all(
  ...["prompt", "lowLabel", "highLabel", "placeholder", "label"].map((part) => maybe(part, text)),
  maybe("options", fc.dictionary(text, text, { maxKeys: 3 })),
);

const moments = fc
  .uniqueArray(fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }), {
    minLength: 2,
    maxLength: 2,
    selector: (date) => date.toISOString(),
  })
  .map((dates) => dates.map((date) => date.toISOString()).sort());

/** Every definition that the schema takes, as it is stored. */
export const anyDefinition: fc.Arbitrary<SurveyDefinition> = fc
  .record({
    steps,
    locale: fc.constantFrom("en", "de-AT"),
    languages: fc.dictionary(
      fc.constantFrom("fr", "pt-BR", "DE"),
      fc.array(texts, { minLength: 6, maxLength: 6 }),
      { maxKeys: 2 },
    ),
    trigger,
    delayMs: fc.integer({ min: 0, max: 600_000 }),
    cancelEvents: fc.array(text, { maxLength: 4 }),
    targeting: all(
      fc.record({
        user: filters,
        account: filters,
        segments: fc.array(text, { maxLength: 4 }),
      }),
      maybe("devices", fc.uniqueArray(fc.constantFrom(...DEVICES), { minLength: 1 })),
      maybe("selector", text),
    ),
    quotas: fc.option(
      fc.uniqueArray(
        fc.record({ segment: text, answers: fc.integer({ min: 1, max: 10_000_000 }) }),
        { minLength: 1, maxLength: 10, selector: ({ segment }) => segment },
      ),
      { nil: undefined },
    ),
    tags: fc.option(fc.array(text, { minLength: 1, maxLength: 4 }), { nil: undefined }),
    sampleShare: fc.double({ min: 0, max: 1, noNaN: true }),
    moments,
    bounds: fc.subarray(["startAt", "endAt"]),
    repeatAfterDays: fc.option(fc.integer({ min: 1, max: 730 })),
    spreadDays: fc.integer({ min: 0, max: 365 }),
    responseCap: fc.option(fc.integer({ min: 1, max: 10_000_000 })),
    appearance: all(
      fc.record({
        theme: fc.constantFrom("light", "dark", "auto"),
        position: fc.constantFrom("bottom_right", "center"),
      }),
      maybe("accent", fc.constantFrom("#14597d", "#ABCDEF", "#abc", "teal", "rgb(1 2 3)")),
      maybe("anchor", text),
    ),
  })
  .map(({ languages, moments: [startAt, endAt], bounds, quotas, tags, ...rest }) => ({
    ...rest,
    ...(quotas && { quotas }),
    ...(tags && { tags }),
    translations: Object.fromEntries(
      Object.entries(languages).map(([locale, list]) => [
        locale,
        Object.fromEntries(
          (rest.steps as unknown as SurveyStep[]).map(({ id }, at) => [id, list[at]]),
        ),
      ]),
    ),
    schedule: {
      ...(bounds.includes("startAt") && { startAt }),
      ...(bounds.includes("endAt") && { endAt }),
    },
  }))
  .map((given) => definitionSchema.safeParse(given))
  .filter(({ success }) => success)
  .map(({ data }) => toDefinition(data as NonNullable<typeof data>));
