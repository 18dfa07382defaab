import { z } from "@hono/zod-openapi";
import { plainText } from "../bulk.ts";

const key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,99}$/, "must be lower-case letters, digits, - or _, at most 100");

export const segmentRule = z.object({
  trait: plainText(200),
  operator: z.enum(["equals", "not_equals", "at_least", "below", "exists"]),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
});

export const segmentBody = z.object({
  key,
  name: plainText(200),
  rules: z.array(segmentRule).min(1).max(20).describe("All must hold."),
});

export const segmentSchema = segmentBody
  .extend({ accounts: z.number().int().describe("Accounts in it now.") })
  .openapi("Segment");

export const keyParams = z.object({ key });
