import { z } from "@hono/zod-openapi";
import { tagSchema } from "../requests/tag.ts";

const origin = z
  .string()
  .max(300)
  .regex(/^https?:\/\/[^/\s*]+$/, "must be an origin, for instance https://app.example.com");

const timeZone = z.string().refine(isTimeZone, "must be an IANA name, for instance Europe/Berlin");

/** Names that ICU made up beside IANA's: Postgres knows none of them, or means another zone by it. */
const ICU_ONLY =
  /^(?:A[CERS]T|AGT|B[ES]T|C[ANS]T|CTT|E[AC]T|I[ES]T|JST|MIT|N[ES]T|P[LNRS]T|SST|VST|US\/Pacific-New|SystemV\/.*)$/i;

/** Whether it is a name that the database can cut days by. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Za-z]/.test(name) && !ICU_ONLY.test(name);
  } catch {
    return false;
  }
}

const currency = z
  .string()
  .refine(isCurrency, "must be an ISO 4217 code in capitals, for instance EUR");

/** Whether it is a currency that amounts can be shown in. */
function isCurrency(code: unknown): code is string {
  return typeof code === "string" && CURRENCIES.has(code);
}

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** How strictly a message must prove whom it speaks for. */
export type IdentityMode = "off" | "log" | "enforce";

const rates = z.object({
  requestsPerSecond: z.number().min(1).max(1_000_000).optional(),
  perAddressPerSecond: z.number().min(1).max(1_000_000).optional(),
});

const messageText = z.union([z.string().max(500), z.array(z.string().max(100)).length(5)]);

/** How many prompts of surveys with a tag one person may see within so many days. */
export const promptLimitSchema = z.object({
  tag: tagSchema,
  prompts: z.number().int().min(1).max(100),
  days: z.number().int().min(1).max(730),
});

export type PromptLimit = z.output<typeof promptLimitSchema>;

/** Most limits of a project. */
export const MOST_PROMPT_LIMITS = 20;

/** What a project can be told; absent fields stay as they are. */
export const projectChangeSchema = z
  .strictObject({
    name: z.string().min(1).max(200),
    timeZone: timeZone.describe("IANA name. Days are cut there; usage is counted anew."),
    currency: currency
      .nullable()
      .describe(
        "ISO 4217: what the contract values of accounts are in. Amounts are shown with it, never converted; null: as bare numbers.",
      ),
    allowedOrigins: z
      .array(origin)
      .max(100)
      .describe("Pages that may use the write key; empty: all."),
    identity: z
      .enum(["off", "log", "enforce"])
      .describe(
        "Whether browsers must prove who they are, by a JWT of your server. log: messages without a proof are marked, and are no usage of an account whose people prove who they are; enforce: they are refused.",
      ),
    isGpcHonoured: z
      .boolean()
      .describe("Whether a browser's Global Privacy Control keeps its events out. Default: true."),
    retentionDays: z
      .number()
      .int()
      .min(31)
      .max(36_500)
      .nullable()
      .describe("Raw events older than this are removed; null: kept for good. Scores stay."),
    rateLimits: rates.describe("Requests a second of the write key, in all and from one address."),
    maxAccounts: z
      .number()
      .int()
      .min(1)
      .max(100_000_000)
      .describe(
        "Accounts that events may make; those of further ones are refused. Default: 50,000.",
      ),
    promptsPerAccountDay: z
      .number()
      .int()
      .min(0)
      .max(1_000_000)
      .describe("Surveys that users of one account see in 24 hours, in all. Default: 1."),
    promptLimits: z
      .array(promptLimitSchema)
      .max(MOST_PROMPT_LIMITS)
      .describe(
        "At most so many prompts of surveys with the tag, to one person within so many days.",
      ),
    contactsPerAccountWeek: z
      .number()
      .int()
      .min(0)
      .max(1_000_000)
      .describe(
        "Contact budget of an account: a prompt costs 1, outreach 3. Default: 10; 0: none.",
      ),
    surveyMessages: z
      .record(z.string().max(35), z.record(z.string().max(40), messageText))
      .describe("The survey widget's own words by language, for languages that are not built in."),
  })
  .partial()
  .openapi("ProjectChange");

export type ProjectChange = z.output<typeof projectChangeSchema>;

export const projectSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    timeZone: z.string(),
    currency: z.string().nullable(),
    allowedOrigins: z.array(z.string()),
    identity: z.enum(["off", "log", "enforce"]),
    isGpcHonoured: z.boolean(),
    retentionDays: z.number().nullable(),
    rateLimits: rates,
    maxAccounts: z.number().int(),
    promptsPerAccountDay: z.number().int(),
    promptLimits: z.array(promptLimitSchema),
    contactsPerAccountWeek: z.number().int(),
    surveyMessages: z.record(z.string(), z.record(z.string(), messageText)),
  })
  .openapi("Project");

/** The settings of a project, with their defaults. */
export interface ProjectSettings {
  /** ISO 4217; null: nobody said. */
  currency: string | null;
  allowedOrigins: string[];
  identity: IdentityMode;
  isGpcHonoured: boolean;
  retentionDays: number | null;
  rateLimits: { requestsPerSecond?: number; perAddressPerSecond?: number };
  maxAccounts: number;
  promptsPerAccountDay: number;
  promptLimits: PromptLimit[];
  contactsPerAccountWeek: number;
  surveyMessages: { [language: string]: { [name: string]: string | string[] } };
}

const MODES: readonly unknown[] = ["off", "log", "enforce"] satisfies IdentityMode[];

const known = new WeakMap<Record<string, unknown>, ProjectSettings>();

/** Reads what was stored; what is not of its type counts as absent. */
export function readSettings(settings: Record<string, unknown>): ProjectSettings {
  let read = known.get(settings);
  if (!read) {
    read = parseSettings(settings);
    known.set(settings, read);
  }
  return read;
}

function parseSettings(settings: Record<string, unknown>): ProjectSettings {
  const { allowedOrigins, identity, isGpcHonoured, retentionDays, rateLimits } = settings;
  const { requestsPerSecond, perAddressPerSecond } = (rateLimits ?? {}) as Record<string, unknown>;
  return {
    currency: isCurrency(settings.currency) ? settings.currency : null,
    allowedOrigins: Array.isArray(allowedOrigins) ? allowedOrigins.map(String) : [],
    identity: MODES.includes(identity) ? (identity as IdentityMode) : "off",
    isGpcHonoured: isGpcHonoured !== false,
    retentionDays: typeof retentionDays === "number" ? retentionDays : null,
    rateLimits: {
      ...(typeof requestsPerSecond === "number" && { requestsPerSecond }),
      ...(typeof perAddressPerSecond === "number" && { perAddressPerSecond }),
    },
    maxAccounts: countOr(settings.maxAccounts, 50_000),
    promptsPerAccountDay: countOr(settings.promptsPerAccountDay, 1),
    promptLimits: (settings.promptLimits ?? []) as PromptLimit[],
    contactsPerAccountWeek: countOr(settings.contactsPerAccountWeek, 10),
    surveyMessages: (settings.surveyMessages ?? {}) as ProjectSettings["surveyMessages"],
  };
}

function countOr(value: unknown, fallback: number): number {
  return Number.isInteger(value) && Number(value) >= 0 ? Number(value) : fallback;
}
