import { MAX_ID_LENGTH, MAX_NAME_LENGTH, type MessageType } from "@telltale/protocol";
import { z } from "zod";

const id = z
  .string({ error: "must be a string" })
  .min(1, "must not be empty")
  .max(MAX_ID_LENGTH, `must have at most ${MAX_ID_LENGTH} characters`);
/** Segment's libraries send numbers and nulls for ids now and then. */
const looseId = z.preprocess(
  (value) => (typeof value === "number" ? String(value) : (value ?? undefined)),
  id.optional(),
);
const name = z
  .string({ error: "must be a string" })
  .min(1, "must not be empty")
  .max(MAX_NAME_LENGTH, `must have at most ${MAX_NAME_LENGTH} characters`);
const object = z.preprocess(
  (value) => value ?? undefined,
  z.record(z.string(), z.unknown(), { error: "must be an object" }).optional(),
);
const time = z.preprocess(
  (value) => value ?? undefined,
  z.string({ error: "must be an ISO 8601 string" }).optional(),
);

export const MESSAGE_TYPES = [
  "track",
  "identify",
  "group",
  "page",
  "screen",
  "alias",
] as const satisfies readonly MessageType[];

/** One message, as any Segment-speaking library sends it. Unknown fields are passed over. */
export const messageSchema = z.object({
  type: z.enum(MESSAGE_TYPES, { error: `must be one of ${MESSAGE_TYPES.join(", ")}` }),
  messageId: looseId,
  timestamp: time,
  originalTimestamp: time,
  userId: looseId,
  anonymousId: looseId,
  groupId: looseId,
  previousId: looseId,
  event: name.nullish(),
  name: z.string({ error: "must be a string" }).max(MAX_NAME_LENGTH).nullish(),
  properties: object,
  traits: object,
  context: object,
});

export type ParsedMessage = z.output<typeof messageSchema>;

/** The envelope of a batch; the messages are checked one by one. */
export const batchSchema = z.object({
  batch: z.array(z.unknown(), { error: "must be an array of messages" }),
  writeKey: z.string({ error: "must be a string" }).nullish(),
  sentAt: z.string({ error: "must be an ISO 8601 string" }).nullish(),
  context: object,
  dropped: z.record(z.string(), z.number()).nullish(),
});
