import { z } from "@hono/zod-openapi";
import { pageQuery } from "../pagination.ts";

const tier = z.enum(["healthy", "at_risk", "critical", "unknown"]);

export const accountListQuery = pageQuery.extend({
  tier: tier.optional().openapi({ description: "Only accounts in this tier." }),
  segment: z.string().max(200).optional().openapi({
    description:
      "Only accounts of this segment: trait:value, such as plan:pro, or the key of a saved one.",
  }),
  q: z.string().max(200).optional().openapi({ description: "Part of the id or the name." }),
});

export type AccountListQuery = z.output<typeof accountListQuery>;

export const accountParams = z.object({ id: z.string().min(1).max(200) });

export const accountSchema = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    traits: z.record(z.string(), z.unknown()),
    externalIds: z.record(z.string(), z.string()),
    segments: z.array(z.string()),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    score: z.number().nullable().describe("0–100, higher is healthier; null without a tier."),
    tier,
    sequence: z.number().int(),
  })
  .openapi("Account");

export type Account = z.output<typeof accountSchema>;

export const oneAccountSchema = accountSchema
  .extend({
    unsignedShare: z
      .number()
      .nullable()
      .describe(
        "Of its stored messages of 28 days, 0–1: how many named the account without a proof of identity. Null where no proof is asked for.",
      ),
  })
  .openapi("OneAccount");

export type OneAccount = z.output<typeof oneAccountSchema>;

const share = z.number().describe("Of the value, 0–1.");

export const rolledUpSchema = z
  .object({
    accountId: z.string(),
    weighedBy: z.enum(["yearly_value", "accounts"]),
    score: z.number().nullable().describe("Mean of the children that have one."),
    coverage: share,
    tiers: z.object({ healthy: share, at_risk: share, critical: share, unknown: share }),
    worst: tier,
    children: z.array(
      z.object({
        accountId: z.string(),
        name: z.string().nullable(),
        score: z.number().nullable(),
        tier,
        value: z.number(),
      }),
    ),
  })
  .openapi("RolledUpAccount");

export type RolledUpAccount = z.output<typeof rolledUpSchema>;

const signal = z.object({
  key: z.string(),
  label: z.string(),
  value: z.number().nullable(),
  unit: z.string(),
  sampleSize: z.number(),
  observedAt: z.string().nullable(),
  status: z.enum(["ok", "missing", "stale"]),
  normalized: z.number().nullable(),
});

export const healthSchema = z
  .object({
    accountId: z.string(),
    score: z.number().nullable(),
    tier,
    pendingTier: tier.exactOptional(),
    confidence: z.number(),
    coverage: z.number(),
    band: z.tuple([z.number(), z.number()]).nullable(),
    baseline: z.number().nullable(),
    asOf: z.string(),
    modelVersion: z.string(),
    normsVersion: z.string(),
    components: z.array(
      z.object({
        key: z.string(),
        label: z.string(),
        value: z.number().nullable(),
        weight: z.number(),
        effectiveWeight: z.number(),
        signals: z.array(signal),
      }),
    ),
    drivers: z
      .array(
        z.object({
          key: z.string(),
          kind: z.enum(["component", "override"]),
          label: z.string(),
          contribution: z.number(),
          sentence: z.string(),
        }),
      )
      .describe("baseline + Σ contribution = score."),
    change: z.object({ days7: z.number().nullable(), days30: z.number().nullable() }),
    sequence: z.number().int(),
  })
  .openapi("AccountHealth");
