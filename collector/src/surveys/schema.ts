import { z } from "@hono/zod-openapi";
import { MAX_ID_LENGTH } from "@telltale/protocol";
import { appearanceSchema, definitionSchema, stepSchema } from "./definition-schema.ts";
import { plainText, triggerSchema } from "./trigger-schema.ts";

const id = plainText(MAX_ID_LENGTH);
const status = z.enum(["draft", "live", "stopped"]);
const key = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, "must be 1 to 64 of a–z, 0–9, _ and -");
const name = plainText(200).trim().min(1);

/** The body of `POST /v1/prompts/claim`. */
export const claimSchema = z
  .object({
    writeKey: z.string().max(200).optional(),
    surveyId: z.uuid().optional(),
    surveyKey: plainText(64).min(1).optional(),
    anonymousId: id.min(1, "must not be empty"),
    userId: id.nullish(),
    accountId: id.nullish(),
    sessionId: id,
    token: z.string().max(8_000).nullish(),
    locales: z.array(z.string().max(35)).max(20).default([]),
    path: z.string().max(2_000).optional(),
    isRequested: z.boolean().default(false),
  })
  .refine((claim) => (claim.surveyId === undefined) !== (claim.surveyKey === undefined), {
    path: ["surveyId"],
    error: "give either surveyId or surveyKey",
  })
  .openapi("PromptClaim");

export const newSurveySchema = z
  .object({ key, name, status: status.default("draft"), definition: definitionSchema })
  .openapi("NewSurvey");

export const surveyChangeSchema = z
  .object({
    name: name.optional(),
    status: status.optional(),
    definition: definitionSchema
      .optional()
      .describe("Asked from now on. A survey that was live gets a new version."),
    draft: definitionSchema
      .nullable()
      .optional()
      .describe("Kept beside what is asked, until it is published; null throws it away."),
  })
  .openapi("SurveyChange");

export const surveySchema = z
  .object({
    id: z.uuid(),
    key: z.string(),
    name: z.string(),
    status,
    definition: definitionSchema,
    version: z
      .number()
      .int()
      .describe("Grows when a survey that was live asks something else; answers keep theirs."),
    draft: definitionSchema
      .nullable()
      .describe("What it will ask once it is published; null: nothing waits."),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    liveAt: z.iso.datetime().nullable(),
  })
  .openapi("Survey");

export const versionSchema = z
  .object({
    version: z.number().int(),
    definition: definitionSchema,
    publishedAt: z.iso.datetime(),
  })
  .openapi("SurveyVersion");

export const responseSchema = z
  .object({
    impressionId: z.uuid(),
    accountId: z.string().nullable(),
    userId: z.string(),
    questionId: z.string(),
    measure: z.enum(["csat", "nps", "ces", "thumbs", "comment", "choice", "custom"]),
    value: z.number().nullable(),
    value100: z.number().nullable().openapi({ description: "0–100, higher is happier." }),
    choices: z.array(z.string()),
    text: z.string().nullable(),
    tags: z.array(z.string()),
    answeredAt: z.iso.datetime(),
  })
  .openapi("SurveyResponse");

/** The answer of `GET /v1/config`. */
export const configSchema = z
  .object({
    wake: z.array(z.object({ event: z.string(), path: z.string().optional() })),
    surveys: z.array(
      z.object({
        id: z.uuid(),
        key: z.string(),
        trigger: triggerSchema,
        event: z.string().exactOptional(),
        delayMs: z.number(),
        cancelEvents: z.array(z.string()),
        selector: z.string().exactOptional(),
      }),
    ),
    hasFeedback: z.boolean(),
  })
  .openapi("PublicConfig");

/** The answer of `POST /v1/prompts/claim`. */
export const claimAnswerSchema = z
  .discriminatedUnion("granted", [
    z.object({
      granted: z.literal(true),
      impressionId: z.uuid(),
      survey: z.object({
        id: z.uuid(),
        key: z.string(),
        name: z.string(),
        locale: z.string(),
        direction: z.enum(["ltr", "rtl"]),
        steps: z.array(stepSchema),
        appearance: appearanceSchema,
        messages: z.record(z.string(), z.unknown()),
      }),
    }),
    z.object({
      granted: z.literal(false),
      reason: z.string(),
      retryAt: z.iso.datetime().optional(),
    }),
  ])
  .openapi("PromptClaimAnswer");
