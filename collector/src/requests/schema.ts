import { z } from "@hono/zod-openapi";
import { MAX_ID_LENGTH } from "@telltale/protocol";
import { accountIdText, MAX_BULK_ROWS, plainText } from "../bulk.ts";
import { moment } from "../time-checks.ts";
import { tagsSchema } from "./tag.ts";

export const newRequest = z
  .object({
    id: z
      .uuid()
      .optional()
      .describe("A second request of the same account and id replaces the first."),
    accountId: accountIdText,
    userId: plainText(MAX_ID_LENGTH).optional(),
    text: plainText(8_000),
    source: plainText(100).optional().describe("Where it was said, for instance zendesk."),
    tags: tagsSchema.default([]),
    requestedAt: moment.optional().describe("Now, when absent."),
  })
  .openapi("NewRequest");

export const newRequests = z.object({
  requests: z.array(z.unknown()).max(MAX_BULK_ROWS).describe("Rows of the schema NewRequest."),
});

export const requestSchema = z
  .object({
    id: z.string().describe("Of an answer: impression and question, with a dot between them."),
    kind: z.enum(["request", "answer"]),
    accountId: z.string(),
    accountName: z.string().nullable(),
    tier: z.enum(["healthy", "at_risk", "critical", "unknown"]),
    valueAtRisk: z
      .number()
      .describe("Yearly value of the account if it is at risk, else 0; in the project's currency."),
    text: z.string(),
    choices: z.array(z.string()),
    tags: z.array(z.string()),
    source: z.string().describe("Name of the survey, or what the request named."),
    at: z.iso.datetime(),
  })
  .openapi("Request");

export const requestFilter = z.object({
  tag: z.string().max(100).optional().describe("Only with this tag."),
  tier: z.enum(["at_risk"]).optional().describe("Only of accounts at risk or critical."),
});

export const tagsBody = z.object({ tags: tagsSchema });

export const roadmapSchema = z
  .object({
    since: z.iso.datetime(),
    data: z.array(
      z.object({
        tag: z.string(),
        mentions: z.number().int(),
        accounts: z.number().int(),
        atRisk: z.number().int().describe("Accounts at risk or critical among them."),
        value: z.number().describe("Yearly value of all of them."),
        valueAtRisk: z
          .number()
          .describe("Yearly value of those at risk or critical, in the project's currency."),
        newestAt: z.iso.datetime(),
      }),
    ),
    untagged: z.number().int().describe("Texts of accounts at risk without a tag."),
  })
  .openapi("Roadmap");
