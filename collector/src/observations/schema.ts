import { z } from "@hono/zod-openapi";
import { accountIdText, MAX_BULK_ROWS, plainText } from "../bulk.ts";
import { moment } from "../time-checks.ts";

export const observationSchema = z
  .object({
    accountId: accountIdText,
    series: plainText(200).describe("Name of the series, for instance open_tickets."),
    value: z.number({ error: "must be a finite number" }),
    observedAt: moment.optional().describe("Absent: now."),
    source: plainText(200).optional().describe("Where it comes from, for instance zendesk."),
  })
  .openapi("Observation");

export type Observation = z.output<typeof observationSchema>;

export const observationsBody = z.object({
  observations: z.array(z.unknown()).max(MAX_BULK_ROWS).describe("Rows of the schema Observation."),
});
