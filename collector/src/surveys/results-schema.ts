import { z } from "@hono/zod-openapi";
import { moment } from "../time-checks.ts";

const estimate = {
  value: z.number(),
  low: z.number().describe("Of the 95 % interval."),
  high: z.number(),
};
const answers = z.number().int().describe("Answers that it rests on.");

const score = z
  .object({
    name: z
      .enum(["csat", "nps", "ces", "thumbs", "mean"])
      .describe(
        "csat, thumbs: percent satisfied, percent up; nps: −100 to 100; ces, mean: the mean mark.",
      ),
    ...estimate,
    answers,
  })
  .openapi("QuestionScore");

const change = z
  .object({
    ...estimate,
    before: z.number().describe("The value in the stretch of the same length before."),
    isClear: z.boolean().describe("Whether the interval leaves out zero."),
  })
  .openapi("ResultChange");

const promptCounts = {
  shown: z.number().int(),
  answered: z.number().int().describe("With at least one answer."),
  completed: z.number().int(),
  dismissed: z.number().int(),
  postponed: z.number().int(),
  optedOut: z.number().int(),
  abandoned: z
    .number()
    .int()
    .describe("The page went while it was open, and nothing was answered."),
  requested: z.number().int().describe("Opened by people themselves; not among the others."),
};

/** The answer of `GET /v1/surveys/{id}/results`. */
export const resultsSchema = z
  .object({
    surveyId: z.uuid(),
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    prompts: z.object(promptCounts),
    responseRate: z
      .object({ ...estimate, answers })
      .nullable()
      .describe("In percent."),
    responseRateChange: change.nullable(),
    weeks: z.array(z.object({ week: z.iso.date().describe("Its Monday."), ...promptCounts })),
    questions: z.array(
      z.object({
        id: z.string(),
        kind: z.string(),
        prompt: z.string(),
        isAsked: z.boolean().describe("False where the survey does not ask it any more."),
        wordings: z
          .array(z.object({ prompt: z.string(), since: z.iso.datetime() }))
          .describe(
            "Its texts in this stretch and the one before. With more than one, a change may come from the words.",
          ),
        answers: z.number().int(),
        left: z
          .number()
          .int()
          .describe("People who closed the survey, or left its page, at this question."),
        dropOffShare: z.number().nullable().describe("left / (answers + left)"),
        score: score.nullable(),
        change: change.nullable(),
        distribution: z.array(
          z.object({
            value: z.union([z.number(), z.string()]).nullable().describe("Null for 'other'."),
            label: z.string().nullable(),
            count: z.number().int(),
            share: z.number(),
          }),
        ),
        trend: z.array(
          z.object({ week: z.iso.date(), answers: z.number().int(), score: score.nullable() }),
        ),
        segments: z
          .array(z.object({ segment: z.string(), name: z.string(), score: score.nullable() }))
          .describe("Saved ones by key, others such as plan:pro; of 5 answers or more."),
      }),
    ),
    comments: z
      .array(
        z.object({
          impressionId: z.uuid(),
          questionId: z.string(),
          accountId: z.string().nullable(),
          userId: z.string(),
          text: z.string(),
          answeredAt: z.iso.datetime(),
          sentiment: z
            .object({
              label: z.enum(["positive", "neutral", "negative"]),
              source: z.enum(["rating", "words"]),
            })
            .nullable()
            .describe("A hint: the person's own rating, else clear words, mostly null."),
        }),
      )
      .describe("The newest 50."),
  })
  .openapi("SurveyResults");

export const resultsQuery = z.object({
  from: moment.optional().openapi({ description: "Absent: 90 days before 'to'." }),
  to: moment
    .optional()
    .openapi({ description: "A day, in the project's time zone, counts to its end. Absent: now." }),
});

/** The answer of `GET /v1/surveys/{id}/audience`. */
export const audienceSchema = z
  .object({
    examined: z.number().int().describe("Users seen in the last 30 days, at most 20,000 of them."),
    eligible: z.number().int().describe("Who would be shown the survey if it were triggered now."),
    refusals: z.record(z.string(), z.number().int()).describe("The others, by the first reason."),
  })
  .openapi("SurveyAudience");
