import { z } from "@hono/zod-openapi";
import type { Playbook } from "./default-playbooks.ts";
import { TEMPLATE_NAMES } from "./fill-playbook.ts";
import { findTemplateFaults } from "./render-template.ts";

const key = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,79}$/, "must be of a–z, 0–9, _ and -");

export const playbookSchema = z
  .object({
    key,
    name: z.string().min(1).max(200),
    ownerRole: z.string().min(1).max(100),
    dueHours: z
      .number()
      .min(0)
      .max(24 * 365),
    steps: z.array(z.string().min(1).max(500)).min(1).max(20),
    message: z
      .string()
      .max(4_000)
      .superRefine((template, check) => {
        for (const message of findTemplateFaults(template, TEMPLATE_NAMES)) {
          check.addIssue({ code: "custom", message });
        }
      })
      .openapi({
        description: `A text with {{ name }} or {{ name | "fallback" }}; names: ${TEMPLATE_NAMES.join(", ")}.`,
      }),
    pattern: z
      .enum(["adoption", "satisfaction", "support", "remediation"])
      .nullable()
      .openapi({ description: "What moves the score when it is chosen; null: only by its key." }),
    exit: z
      .discriminatedUnion("kind", [
        z.object({ kind: z.literal("tier"), tier: z.literal("healthy") }),
        z.object({ kind: z.literal("score"), atLeast: z.number().min(0).max(100) }),
      ])
      .nullable()
      .openapi({ description: "What has to be true before its alert resolves by itself." }),
  })
  .openapi("Playbook") satisfies z.ZodType<Playbook>;

export const playbookBodySchema = playbookSchema
  .omit({ key: true })
  .extend({
    pattern: playbookSchema.shape.pattern.default(null),
    exit: playbookSchema.shape.exit.default(null),
  })
  .openapi("PlaybookBody");

export const playbookParams = z.object({ key });
