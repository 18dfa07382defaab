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
    payload: z
      .string()
      .describe(
        "The message as it came, without its proof of identity, as JSON text; cut at 33,000 characters.",
      ),
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

export const replayManyBody = z
  .union([
    z.object({ ids: z.array(z.uuid()).min(1).max(500) }),
    z.object({
      code: z.string().max(50).nullable().openapi({ description: "Null: whatever the reason." }),
      after: z.uuid().nullish().openapi({ description: "`next` of the call before." }),
    }),
  ])
  .openapi("ReplayWish");

const howMany = z.number().int();

export const replayedManySchema = z
  .object({
    tried: howMany,
    stored: howMany,
    duplicates: howMany.openapi({ description: "Were stored already." }),
    rejected: z.array(z.object({ code: z.string(), detail: z.string(), count: howMany })),
    missing: howMany.openapi({ description: "Unknown, or replayed before." }),
    remaining: howMany.openapi({ description: "With the same reason; the next call takes them." }),
    next: z.uuid().nullable(),
  })
  .openapi("ReplayedMany");

export type Replay = z.output<typeof replaySchema>;
