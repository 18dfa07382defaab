import { z } from "@hono/zod-openapi";

/** One line of the audit log. */
export const auditEntrySchema = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    actor: z.string(),
    action: z.string().openapi({ example: "alert.resolved" }),
    target: z.string(),
    ip: z.string(),
    change: z
      .record(z.string(), z.object({ before: z.unknown(), after: z.unknown() }).partial())
      .nullable()
      .openapi({ description: "The fields that differ, before and after; null: none is known." }),
  })
  .openapi("AuditEntry");
