import { z } from "@hono/zod-openapi";
import { pageQuery } from "../pagination.ts";

export const rejectedQuery = pageQuery.extend({
  code: z.string().max(50).optional().openapi({ description: "Only this reason." }),
});

export type RejectedQuery = z.output<typeof rejectedQuery>;

export const rejectedParams = z.object({ id: z.uuid() });

export const rejectedSchema = z
  .object({
    id: z.string(),
    receivedAt: z.iso.datetime(),
    messageId: z.string().nullable(),
    code: z.string(),
    detail: z.string().describe("What is wrong and what would be right."),
    payload: z.string().describe("The message as it came, as JSON text; cut at 33,000 characters."),
    replayedAt: z.iso.datetime().nullable(),
  })
  .openapi("RejectedMessage");

export const replaySchema = z
  .object({
    outcome: z.enum(["stored", "duplicate", "rejected"]),
    code: z.string().optional(),
    detail: z.string().optional(),
  })
  .openapi("Replay");

export type Replay = z.output<typeof replaySchema>;
