import { z } from "@hono/zod-openapi";
import { mappingSchema } from "./mapping.ts";
import { SOURCE_KINDS } from "./source-queries.ts";

const hours = z
  .number()
  .min(0.1)
  .max(24 * 90);

export const newSourceSchema = z
  .object({
    kind: z.enum(SOURCE_KINDS),
    name: z.string().min(1).max(200),
    secret: z
      .string()
      .min(8)
      .max(500)
      .optional()
      .openapi({ description: "What the system signs with; absent: a new whsec_ secret." }),
    mapping: mappingSchema.optional().openapi({ description: "Needed by kind generic." }),
    expectedEveryHours: hours
      .nullable()
      .optional()
      .openapi({ description: "Tell us when nothing came for so long." }),
  })
  .refine(({ kind, mapping }) => kind !== "generic" || mapping !== undefined, {
    path: ["mapping"],
    error: "is needed by kind generic",
  })
  .refine(({ kind, secret }) => kind === "generic" || secret !== undefined, {
    path: ["secret"],
    error: "is the one that the system shows you",
  })
  .openapi("NewSource");

export const sourceSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(SOURCE_KINDS),
    name: z.string(),
    url: z.string(),
    mapping: mappingSchema.nullable(),
    expectedEveryHours: z.number().nullable(),
    lastReceivedAt: z.iso.datetime().nullable(),
    heartbeat: z.enum(["waiting", "fresh", "late"]),
    acceptedCount: z.number().int(),
    unmatchedCount: z.number().int(),
    refusedCount: z.number().int(),
  })
  .openapi("Source");

export const createdSourceSchema = sourceSchema
  .extend({ secret: z.string().openapi({ description: "Shown this once." }) })
  .openapi("CreatedSource");

export const receivedSchema = z
  .object({
    accepted: z.number().int(),
    unmatched: z.number().int(),
    rejected: z.array(z.object({ index: z.number().int(), detail: z.string() })),
  })
  .openapi("ReceivedSignals");

export const importedSchema = receivedSchema
  .extend({
    rows: z.number().int(),
    ignored: z.number().int().openapi({
      description: "Rows that give nothing because no outcome of the mapping has their word.",
    }),
    rejectedCount: z.number().int(),
  })
  .openapi("ImportedSignals");
