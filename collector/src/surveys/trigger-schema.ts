import { z } from "@hono/zod-openapi";

/** Text that Postgres can store, which holds no zero byte. */
export const plainText = (maxLength: number) =>
  z
    .string()
    .max(maxLength, `must have at most ${maxLength} characters`)
    .refine((text) => !text.includes("\0"), "must not hold a zero byte");

/** The name of an event, a feature or a task. */
export const eventName = plainText(200).min(1);
const path = z.string().max(500).regex(/^\//, "must start with /, without query and hash");
/** Only a browser knows what a selector means; one that it cannot read matches nothing. */
export const selector = plainText(300).min(1);

/** A test of one property. */
export const filterSchema = z
  .object({
    property: plainText(200).min(1),
    operator: z.enum(["equals", "not_equals", "contains", "greater_than", "less_than", "exists"]),
    value: z.union([plainText(500), z.number(), z.boolean()]).exactOptional(),
  })
  .refine((filter) => filter.operator === "exists" || filter.value !== undefined, {
    path: ["value"],
    error: "is needed by every operator but exists",
  })
  .openapi("PropertyFilter");

/** What makes a survey due. */
export const triggerSchema = z
  .discriminatedUnion("kind", [
    z.object({
      kind: z.literal("event"),
      event: eventName,
      where: z.array(filterSchema).max(10).exactOptional(),
    }),
    z.object({
      kind: z.literal("feature"),
      feature: eventName,
      stage: z.enum(["seen", "tried", "activated", "adopted"]).exactOptional(),
    }),
    z.object({
      kind: z.literal("task"),
      task: eventName.exactOptional(),
      outcome: z.enum(["completed", "failed"]),
    }),
    z.object({
      kind: z.literal("page"),
      match: z.enum([
        "equals",
        "starts_with",
        "ends_with",
        "contains",
        "not_equals",
        "not_contains",
      ]),
      path: plainText(500).min(1),
    }),
    z.object({
      kind: z.literal("time_on_page"),
      seconds: z.number().int().min(1).max(3_600),
      path: path.exactOptional(),
    }),
    z.object({
      kind: z.literal("scroll"),
      percent: z.number().int().min(1).max(100),
      path: path.exactOptional(),
    }),
    z.object({
      kind: z.literal("click"),
      selector,
      text: plainText(200).min(1).exactOptional(),
      path: path.exactOptional(),
    }),
    z.object({ kind: z.literal("exit_intent"), path: path.exactOptional() }),
    z.object({ kind: z.literal("manual") }),
  ])
  .openapi("SurveyTrigger");
