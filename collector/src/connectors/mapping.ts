import { z } from "@hono/zod-openapi";

const path = z
  .string()
  .min(1)
  .max(200)
  .openapi({ description: "Dotted path in the object, or the name of a column." });
const number = z.union([z.number(), path]);
const OUTCOMES = ["renewed", "churned", "expanded", "contracted"] as const;

/** How objects or rows of a foreign system become signals. */
export const mappingSchema = z
  .object({
    list: path
      .optional()
      .openapi({ description: "Where the objects are; absent: the body is one." }),
    account: z.object({
      by: z.enum(["id", "external", "user"]),
      path,
      system: z.string().min(1).max(100).optional().openapi({ description: "With by: external." }),
    }),
    signals: z
      .array(
        z.discriminatedUnion("kind", [
          z.object({
            kind: z.literal("observation"),
            series: z.string().min(1).max(200),
            value: number,
            at: path.optional(),
          }),
          z.object({
            kind: z.literal("response"),
            measure: z.enum(["nps", "csat", "ces", "thumbs"]),
            scale: z.number().int().min(2).max(10).default(5),
            value: number,
            userId: path.optional(),
            text: path.optional(),
            at: path.optional(),
          }),
          z.object({
            kind: z.literal("outcome"),
            path,
            values: z
              .record(z.string(), z.enum(OUTCOMES))
              .openapi({ description: "Their word → our outcome." }),
            value: number.optional(),
            at: path.optional(),
          }),
        ]),
      )
      .min(1)
      .max(20),
  })
  .refine(({ account }) => account.by !== "external" || account.system !== undefined, {
    path: ["account", "system"],
    error: "is needed with by: external",
  })
  .openapi("SourceMapping");

export type SourceMapping = z.output<typeof mappingSchema>;
