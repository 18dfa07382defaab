import { z } from "zod";

/** The envelope of a batch; the messages are checked one by one. */
export const batchSchema = z.object({
  batch: z.array(z.unknown(), { error: "must be an array of messages" }),
  sentAt: z.string({ error: "must be an ISO 8601 string" }).nullish(),
  context: z.record(z.string(), z.unknown(), { error: "must be an object" }).nullish(),
  dropped: z.record(z.string(), z.number()).nullish(),
});
