import { z } from "@hono/zod-openapi";

export const sessionSchema = z
  .object({
    id: z.string().describe("As the client named it."),
    userId: z.string().describe("The user, or anon:<id> for a visitor nobody knows."),
    startedAt: z.iso.datetime(),
    lastEventAt: z.iso.datetime(),
    eventCount: z.number().int().describe("Events, pages and screens."),
    engagedMs: z.number().describe("Milliseconds in which the page was visible and in use."),
  })
  .openapi("Session");

export type Session = z.output<typeof sessionSchema>;
