import { z } from "@hono/zod-openapi";
import { plainText } from "../bulk.ts";
import { pageQuery } from "../pagination.ts";

const tier = z.enum(["healthy", "at_risk", "critical"]);

export const pulseBody = z.object({
  tier: tier.describe("What you think, whatever the score says."),
  author: plainText(200),
  note: plainText(2_000).optional(),
});

export type PulseBody = z.output<typeof pulseBody>;

export const accountParams = z.object({ id: z.string().min(1).max(200) });

export const pulseSchema = z
  .object({
    tier,
    author: z.string(),
    note: z.string(),
    setAt: z.iso.datetime(),
  })
  .openapi("Pulse");

export type Pulse = z.output<typeof pulseSchema>;

export const accountPulseSchema = z
  .object({
    accountId: z.string(),
    pulse: pulseSchema.nullable().describe("The newest of the last 90 days."),
    history: z.array(pulseSchema).describe("Newest first, at most 100."),
  })
  .openapi("AccountPulse");

export type AccountPulse = z.output<typeof accountPulseSchema>;

export const disagreementQuery = pageQuery;

export const disagreementSchema = z
  .object({
    accountId: z.string(),
    name: z.string().nullable(),
    pulse: pulseSchema,
    score: z.number(),
    tier,
  })
  .openapi("PulseDisagreement");

export type Disagreement = z.output<typeof disagreementSchema>;
