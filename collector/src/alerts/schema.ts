import { z } from "@hono/zod-openapi";
import { instant } from "../time-checks.ts";
import { OUTCOMES } from "./act-on-alert.ts";
import type { Trigger } from "./rule.ts";

export const LEVELS = ["monitor", "outreach", "intervene"] as const;
export const STATUSES = ["open", "acknowledged", "snoozed", "resolved"] as const;

const points = z.number().min(1, "must be 1 or more").max(100, "must be at most 100");
const days = (most: number) => z.number().int().min(1).max(most, `must be at most ${most}`);
const hours = z
  .number()
  .min(0, "must be 0 or more")
  .max(24 * 365);
const key = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,79}$/, "must be of a–z, 0–9, _ and -");

export const triggerSchema = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("tier"), to: z.array(z.enum(["at_risk", "critical"])).min(1) }),
    z.object({ kind: z.literal("drop"), points, days: days(90) }),
    z.object({
      kind: z.literal("slope"),
      pointsPerWeek: z.number().min(0.1).max(50),
      days: days(180),
    }),
    z.object({ kind: z.literal("stale"), source: z.string().min(1).max(200), days: days(365) }),
    z.object({
      kind: z.literal("detractor"),
      measure: z.enum(["csat", "nps", "ces", "thumbs", "any"]),
      atMost: z.number().min(0).max(100),
      days: days(90),
    }),
    z.object({
      kind: z.literal("milestone_overdue"),
      milestone: z.string().min(1).max(200),
      days: days(1_000),
    }),
    z.object({
      kind: z.literal("friction"),
      features: z.number().int().min(1).max(100),
      days: days(90),
    }),
    z.object({
      kind: z.literal("expansion"),
      minScore: z.number().min(0).max(100),
      growthShare: z.number().min(0.01).max(10),
      days: days(180),
    }),
  ])
  .openapi("AlertTrigger") satisfies z.ZodType<Trigger>;

const timing = {
  noticeHours: hours.openapi({ description: "How long the condition must hold first." }),
  coolDownHours: hours.openapi({
    description: "How long the same alert stays away after its end.",
  }),
};

export const ruleSchema = z
  .object({
    key,
    name: z.string().min(1).max(200),
    trigger: triggerSchema,
    level: z.enum(LEVELS),
    isEnabled: z.boolean(),
    ...timing,
    escalateAfterHours: hours.nullable(),
    playbookKey: key.nullable(),
  })
  .openapi("AlertRule");

export const newRuleSchema = ruleSchema
  .extend({
    isEnabled: z.boolean().default(false),
    noticeHours: hours.default(24),
    coolDownHours: hours.default(168),
    escalateAfterHours: hours.nullable().default(null),
    playbookKey: key.nullable().default(null),
  })
  .openapi("NewAlertRule");

export const rulePatchSchema = ruleSchema.omit({ key: true }).partial().openapi("AlertRulePatch");

const day = z.iso.date();
export const dryRunSpanSchema = z
  .object({ from: day.optional(), to: day.optional() })
  .openapi("DryRunSpan", { description: "Calendar days; absent: the 180 days up to today." });
export const dryRunSchema = dryRunSpanSchema
  .extend({
    trigger: triggerSchema,
    noticeHours: hours.default(24),
    coolDownHours: hours.default(168),
  })
  .openapi("DryRunRequest");

export const dryRunResultSchema = z
  .object({
    from: day,
    to: day,
    fired: z.number().int(),
    accounts: z.number().int(),
    alertsPerWeek: z.number(),
    followedByChurn: z.number().int(),
    followedByRenewal: z.number().int(),
    churns: z.number().int(),
    churnsCaught: z.number().int(),
    medianLeadDays: z.number().nullable(),
    alerts: z.array(
      z.object({
        accountId: z.string(),
        accountName: z.string().nullable(),
        firedOn: z.string(),
        resolvedOn: z.string().nullable(),
        churnedOn: z.string().nullable(),
        renewedOn: z.string().nullable(),
        leadDays: z.number().nullable(),
      }),
    ),
  })
  .openapi("DryRun");

const time = z.iso.datetime();
export const alertSchema = z
  .object({
    id: z.uuid(),
    accountId: z.string().nullable().openapi({ description: "Null for a cluster alert." }),
    accountName: z.string().nullable(),
    rule: z.string(),
    level: z.enum(LEVELS),
    status: z.enum(STATUSES),
    summary: z.string(),
    ownerRole: z.string(),
    assignee: z.string().nullable(),
    playbook: z
      .object({
        key: z.string(),
        name: z.string(),
        ownerRole: z.string(),
        dueAt: time,
        steps: z.array(z.string()),
        message: z.string(),
      })
      .nullable(),
    cause: z.string(),
    clusterRule: z.string().nullable(),
    openedAt: time,
    updatedAt: time,
    acknowledgedAt: time.nullable(),
    snoozedUntil: time.nullable(),
    snoozes: z
      .array(
        z.object({
          at: time,
          until: time,
          note: z.string().nullable(),
          by: z.string().nullable().openapi({ description: "Null: by the REST interface." }),
        }),
      )
      .openapi({ description: "The latest twenty, oldest first." }),
    escalatedAt: time.nullable(),
    resolvedAt: time.nullable(),
    outcome: z.string().nullable(),
    note: z.string().nullable(),
  })
  .openapi("Alert");

const person = z.string().min(1).max(200);
export const acknowledgeSchema = z
  .object({ assignee: person.optional() })
  .openapi("AcknowledgeAlert");
export const assignSchema = z.object({ assignee: person }).openapi("AssignAlert");
const note = z.string().max(2_000);
export const snoozeSchema = z
  .object({ until: instant, note: note.optional().openapi({ description: "Why." }) })
  .openapi("SnoozeAlert");
export const resolveSchema = z
  .object({ outcome: z.enum(OUTCOMES), note: note.optional() })
  .openapi("ResolveAlert");

export const noiseSchema = z
  .object({
    ownerRole: z.string(),
    rule: z.string(),
    alerts: z.number().int(),
    alertsPerWeek: z.number(),
    noActionShare: z.number().nullable(),
    suggestion: z.string().nullable(),
  })
  .openapi("AlertNoise");

const figure = z
  .object({
    treated: z.number(),
    untouched: z.number(),
    difference: z.number(),
    interval: z.tuple([z.number(), z.number()]).nullable(),
    pairs: z.number().int(),
  })
  .nullable();
export const interventionSchema = z
  .object({
    returnDays: z.number().int(),
    treated: z.number().int(),
    untouched: z.number().int(),
    backToHealthy: figure.openapi({ description: "Null with fewer than ten pairs." }),
    retained: figure,
  })
  .openapi("InterventionSuccess");

const tier = z.enum(["healthy", "at_risk", "critical", "unknown"]);
const count = z.number().int();
export const digestSchema = z
  .object({
    from: time,
    to: time,
    opened: count,
    escalated: count,
    resolved: count,
    unresolved: count,
    overdue: count.openapi({
      description: "Of the unresolved, the open ones whose playbook's time has passed.",
    }),
    tierMoves: z.array(z.object({ from: tier, to: tier, accounts: count })),
    review: z.array(alertSchema.extend({ isOverdue: z.boolean() })),
  })
  .openapi("AlertDigest");
