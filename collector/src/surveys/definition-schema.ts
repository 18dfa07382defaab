import { z } from "@hono/zod-openapi";
import { tagSchema, tagsSchema } from "../requests/tag.ts";
import { instant } from "../time-checks.ts";
import { findFaults } from "./definition-faults.ts";
import { DEVICES } from "./device.ts";
import { NPS_DAYS, type SurveyDefinition } from "./survey-definition.ts";
import { eventName, filterSchema, plainText, selector, triggerSchema } from "./trigger-schema.ts";

const id = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_-]{0,63}$/,
    "must be 1 to 64 of a–z, 0–9, _ and -, not starting with a sign",
  );
const words = plainText(500).trim().min(1, "must not be empty");
const shortWords = plainText(100).trim().min(1, "must not be empty");
const locale = z
  .string()
  .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "must be a BCP 47 tag, for instance de or pt-BR");

const base = {
  id,
  prompt: words,
  branches: z
    .array(
      z.object({
        when: z.object({
          operator: z.enum(["equals", "at_most", "at_least", "includes"]),
          value: z.union([plainText(200), z.number()]),
        }),
        goTo: z.string().max(64),
      }),
    )
    .max(20)
    .exactOptional(),
};
const labels = { lowLabel: shortWords.exactOptional(), highLabel: shortWords.exactOptional() };

export const stepSchema = z
  .discriminatedUnion("kind", [
    z.object({
      ...base,
      ...labels,
      kind: z.literal("rating"),
      measure: z.enum(["csat", "ces", "custom"]),
      display: z.enum(["faces", "stars", "numbers"]),
      scale: z.union([z.literal(3), z.literal(5), z.literal(7), z.literal(10)]),
    }),
    z.object({ ...base, ...labels, kind: z.literal("nps") }),
    z.object({ ...base, kind: z.literal("thumbs") }),
    z.object({
      ...base,
      kind: z.literal("choice"),
      options: z
        .array(
          z.object({
            value: plainText(100)
              .min(1)
              .refine((value) => value !== "other", "is reserved for an answer in own words"),
            label: shortWords,
            tag: tagSchema
              .exactOptional()
              .describe("What choosing it asks for, in the words of the roadmap."),
          }),
        )
        .min(2)
        .max(20),
      isMultiple: z.boolean(),
      hasOther: z.boolean(),
      isShuffled: z.boolean().exactOptional(),
    }),
    z.object({
      ...base,
      kind: z.literal("text"),
      placeholder: shortWords.exactOptional(),
      isOptional: z.boolean(),
      maxLength: z.number().int().min(1).max(8_000),
    }),
    z.object({
      ...base,
      kind: z.literal("link"),
      href: z.url({ protocol: /^(https?|mailto)$/, error: "must be an http, https or mailto URL" }),
      label: shortWords,
    }),
    z.object({ ...base, kind: z.literal("thanks") }),
  ])
  .openapi("SurveyStep");

export const appearanceSchema = z
  .object({
    theme: z.enum(["light", "dark", "auto"]).default("auto"),
    position: z
      .enum(["bottom_right", "bottom_left", "top_right", "top_left", "center"])
      .default("bottom_right"),
    accent: z
      .string()
      .regex(
        /^(#[0-9a-fA-F]{3,8}|[a-z]{3,30}|(rgb|hsl|oklch)\([0-9.,%/ a-z-]{1,60}\))$/,
        "must be a CSS colour",
      )
      .exactOptional(),
    anchor: selector.exactOptional(),
  })
  .openapi("SurveyAppearance");

export const translationsSchema = z.record(
  locale,
  z.record(
    z.string(),
    z.object({
      prompt: words.exactOptional(),
      lowLabel: shortWords.exactOptional(),
      highLabel: shortWords.exactOptional(),
      placeholder: shortWords.exactOptional(),
      label: shortWords.exactOptional(),
      options: z.record(z.string(), shortWords).exactOptional(),
    }),
  ),
);

const answers = z.number().int().min(1).max(10_000_000);
const quotaSchema = z.object({
  segment: plainText(100).min(1).openapi({ description: "Its key, for instance plan:pro." }),
  answers,
});

const shape = z.object({
  locale: locale.default("en").openapi({ description: "The language of the steps' texts." }),
  steps: z
    .array(stepSchema)
    .min(1)
    .max(6)
    .openapi({ description: "1 to 5 questions, then perhaps a thanks step." }),
  translations: translationsSchema.default({}).openapi({
    description: "Texts by language, then by step id; what is absent stays as it is.",
  }),
  trigger: triggerSchema,
  delayMs: z.number().int().min(0).max(600_000).default(0),
  cancelEvents: z.array(eventName).max(20).default([]),
  targeting: z
    .object({
      user: z.array(filterSchema).max(10).default([]),
      account: z.array(filterSchema).max(10).default([]),
      segments: z.array(plainText(100).min(1)).max(20).default([]),
      devices: z.array(z.enum(DEVICES)).min(1).max(DEVICES.length).exactOptional().openapi({
        description: "Kinds of device that are asked, as the browser names itself; absent: any.",
      }),
      selector: selector.exactOptional().openapi({
        description: "Asks only while an element of the page matches this CSS selector.",
      }),
    })
    .prefault({}),
  sampleShare: z.number().min(0).max(1).default(1).openapi({
    description: "Share of the users who may be asked; always the same users.",
  }),
  schedule: z
    .object({ startAt: instant.exactOptional(), endAt: instant.exactOptional() })
    .default({}),
  repeatAfterDays: z
    .number()
    .int()
    .min(1)
    .max(730)
    .nullable()
    .optional()
    .openapi({
      description: `Days after an answer until the same person may be asked again; null: never. Default never, for NPS ${NPS_DAYS}.`,
    }),
  spreadDays: z
    .number()
    .int()
    .min(0)
    .max(365)
    .optional()
    .openapi({
      description: `Spreads the first asking over so many days, by user. Default 0, for NPS ${NPS_DAYS}.`,
    }),
  responseCap: answers.nullable().default(null),
  quotas: z
    .array(quotaSchema)
    .min(1)
    .max(10)
    .exactOptional()
    .openapi({
      description:
        "Stops asking accounts of a segment once so many of its people answered; a place is held while " +
        "a prompt is open. Counts prompts granted while the quota stands.",
    }),
  tags: tagsSchema.min(1).exactOptional().openapi({
    description:
      "What it is about, in your words; the project's promptLimits bound the prompts of a tag.",
  }),
  appearance: appearanceSchema.prefault({}),
});

/** A survey's definition as people write it: what is absent gets its default. */
export const definitionSchema = shape
  .check((context) => {
    for (const { path, message } of findFaults(context.value as SurveyDefinition)) {
      context.issues.push({ code: "custom", path, message, input: context.value });
    }
  })
  .openapi("SurveyDefinition");
