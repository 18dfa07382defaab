import { z } from "@hono/zod-openapi";
import { plainText } from "../../bulk.ts";

export const IDEA_STATUSES = ["open", "done", "declined"] as const;

export const newIdea = z.object({
  title: plainText(200).describe("What to change, in a line."),
  why: plainText(2_000).describe("What would be better then, and how one would see it."),
  author: plainText(200),
});

export const ideaAnswer = z.object({
  status: z.enum(IDEA_STATUSES),
  answer: plainText(2_000).describe("What was done, in which model version, or why it was not."),
  author: plainText(200).describe("Who says so."),
});

export const ideaSchema = z
  .object({
    id: z.uuid(),
    title: z.string(),
    why: z.string(),
    author: z.string(),
    createdAt: z.iso.datetime(),
    status: z.enum(IDEA_STATUSES),
    answer: z.string().nullable(),
    answeredBy: z.string().nullable(),
    answeredAt: z.iso.datetime().nullable(),
  })
  .openapi("ModelIdea");

export type ModelIdea = z.output<typeof ideaSchema>;
