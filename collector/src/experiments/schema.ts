import { z } from "@hono/zod-openapi";
import { plainText } from "../bulk.ts";

const key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,99}$/, "must be lower-case letters, digits, - or _, at most 100");

const variant = z.object({
  key,
  share: z.number().positive().max(1_000).describe("Divided by the sum of all shares."),
  rule: z.string().max(100).nullable().describe("Key of an alert rule; null: no alert."),
});

const share = z.number().gt(0).lt(1);

export const experimentBody = z
  .object({
    key,
    name: plainText(200),
    variants: z
      .array(variant)
      .min(2)
      .max(5)
      .describe("The first is what others are compared with."),
    baselineShare: share.default(0.15).describe("Share of accounts that leave today."),
    targetShare: share.default(0.1).describe("Share that would be worth finding."),
  })
  .refine(({ baselineShare, targetShare }) => baselineShare !== targetShare, {
    path: ["targetShare"],
    error: "must differ from baselineShare",
  })
  .refine(({ variants }) => new Set(variants.map((one) => one.key)).size === variants.length, {
    path: ["variants"],
    error: "must have a key of its own each",
  });

export type ExperimentBody = z.output<typeof experimentBody>;

export const experimentParams = z.object({ key });

const interval = z.tuple([z.number(), z.number()]);

export const experimentSchema = z
  .object({
    key,
    name: z.string(),
    status: z.enum(["running", "ended"]),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    requiredAccounts: z
      .number()
      .int()
      .describe("In each variant, to find the target with 80 % power at the 5 % level."),
    isLargeEnough: z.boolean(),
    variants: z.array(
      z.object({
        key: z.string(),
        rule: z.string().nullable(),
        accounts: z.number().int().describe("That were there when it started."),
        alerts: z.number().int().describe("Opened by its rule since then."),
        churned: z.number().int().describe("Of its accounts, since then."),
        churnedShare: z.number().nullable(),
        interval: interval.nullable().describe("95 %, Wilson."),
        difference: z
          .object({ value: z.number(), interval })
          .nullable()
          .describe("From the first variant, with 95 % interval by Newcombe."),
      }),
    ),
  })
  .openapi("RuleExperiment");

export type RuleExperiment = z.output<typeof experimentSchema>;
