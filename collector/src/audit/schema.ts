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
  })
  .openapi("AuditEntry");
