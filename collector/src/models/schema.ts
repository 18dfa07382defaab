import { z } from "@hono/zod-openapi";
import { SIGNAL_KINDS } from "@telltale/scoring";
import { plainText } from "../bulk.ts";
import { moment } from "../time-checks.ts";

const normaliser = z.looseObject({
  kind: z.enum(["percentile", "zscore", "minmax", "p90_exponential", "target", "own_baseline"]),
});

/** The document as the interface describes it; the engine's own check has the last word. */
export const modelDocument = z
  .looseObject({
    version: plainText(100).describe("Names it for good; a published version never changes."),
    name: plainText(200),
    signals: z.array(
      z.looseObject({
        key: z.string(),
        label: z.string(),
        kind: z.enum(SIGNAL_KINDS),
        windowDays: z.number().describe("Rolling window, 7–365 days."),
        halfLifeDays: z.number().nullable().describe("Age at which an observation counts half."),
        staleAfterDays: z.number(),
        per: z.enum(["account", "seat", "active_user"]),
      }),
    ),
    components: z.array(
      z.looseObject({
        key: z.string(),
        label: z.string(),
        weight: z.number().describe("Share of the score; the weights sum to 1."),
        signals: z.array(
          z.looseObject({
            signal: z.string(),
            weight: z.number(),
            normaliser,
            direction: z.enum(["higher", "lower"]),
          }),
        ),
      }),
    ),
    tiers: z.looseObject({
      healthyFrom: z.number(),
      criticalBelow: z.number(),
      margin: z.number(),
      noticeEvaluations: z.number(),
      noticeHours: z.number(),
    }),
    minAgeDays: z.number().describe("Younger accounts are unknown."),
    minCoverage: z.number().describe("With less of the weight measured an account is unknown."),
  })
  .openapi("ModelDocument");

export const draftBody = z.object({
  document: modelDocument,
  author: plainText(200),
  rationale: plainText(2_000).describe("Why this model, in a sentence or two."),
});

export const publishBody = z.object({
  author: plainText(200),
  rationale: plainText(2_000),
  effectiveAt: moment.optional().describe("Absent: now. Not in the past."),
  worseReason: plainText(2_000)
    .optional()
    .describe("Needed when the backtest says that the draft is worse."),
});

export const versionParams = z.object({ version: z.string().min(1).max(100) });

export const horizonQuery = z.object({
  horizonDays: z.coerce
    .number()
    .int()
    .min(1)
    .max(365)
    .default(60)
    .openapi({ description: "Days before the outcome at which everything is measured." }),
});

export const calibrationQuery = horizonQuery.extend({
  falseAlarmBudget: z.coerce
    .number()
    .min(0.01)
    .max(0.9)
    .default(0.3)
    .openapi({ description: "Share of flags that may renew." }),
});

export const scenarioBody = z.object({
  label: plainText(200),
  segment: z.string().max(200).optional().describe("Only accounts of this segment; absent: all."),
  tier: z.enum(["healthy", "at_risk", "critical"]).optional(),
  signals: z
    .array(
      z.union(
        [
          z.object({ signal: z.string(), plus: z.number() }),
          z.object({ signal: z.string(), times: z.number() }),
          z.object({ signal: z.string(), to: z.number() }),
        ],
        { error: "must name a signal, and plus, times or to with a number" },
      ),
    )
    .max(50)
    .optional()
    .describe("Signals that change: plus an amount, times a ratio, or to a value."),
  adoption: z
    .object({
      feature: z.string(),
      shareOfUsers: z.number().min(0).max(1),
      usesPerUserDay: z.number().positive(),
      days: z.number().int().min(1).max(365),
    })
    .optional()
    .describe("Users that take up a feature."),
});

export const modelSummary = z
  .object({
    version: z.string(),
    status: z.enum(["draft", "published", "retired"]),
    name: z.string(),
    author: z.string(),
    rationale: z.string(),
    createdAt: z.iso.datetime(),
    publishedAt: z.iso.datetime().nullable(),
    effectiveAt: z.string().nullable(),
    isCurrent: z.boolean(),
    worseReason: z.string().nullable(),
  })
  .openapi("Model");

export type ModelSummary = z.output<typeof modelSummary>;

export const reviewSchema = z
  .object({
    version: z.string(),
    dueOn: z.iso.date(),
    isDue: z.boolean(),
    reasons: z.array(z.string()).describe("What is due by then."),
  })
  .openapi("ModelReview");
