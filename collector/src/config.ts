import { z } from "zod";

const flag = z.enum(["0", "1"], { error: "must be 0 or 1" }).transform((value) => value === "1");
/** A key that looks like the other kind was put in the wrong place, and a write key is public. */
const key = (prefix: "wk_" | "sk_") =>
  z
    .string()
    .min(8, `must have at least 8 characters, for instance ${prefix}…`)
    .max(200, "must have at most 200 characters")
    .refine((value) => !value.includes("${"), "has a placeholder that nothing filled in")
    .refine((value) => !value.startsWith(prefix === "wk_" ? "sk_" : "wk_"), {
      error: `must not be a key of the other kind; ${prefix}… is this one`,
    });

/** As the driver reads it: `a:1,b:2` are hosts to try, and the rest is a URL. */
function isDatabaseUrl(text: string): boolean {
  const [, authority = ""] = /^[^:]+:\/\/([^/?]*)/.exec(text) ?? [];
  const hosts = authority.slice(authority.indexOf("@") + 1);
  try {
    const { username, password } = new URL(text.replace(hosts, hosts.split(",", 1)[0] ?? ""));
    return decodeURIComponent(username + password) !== null;
  } catch {
    return false;
  }
}

const fields = z.object({
  PORT: z.coerce
    .number({ error: "must be a port, 0 to 65535" })
    .int("must be a whole number")
    .min(0, "must be 0 or more")
    .max(65_535, "must be at most 65535")
    .default(4700),
  HOST: z.string().min(1).default("127.0.0.1"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, {
      error: "must start with postgres:// or postgresql://",
      abort: true,
    })
    .refine(isDatabaseUrl, {
      error: "can't be read; in a password write # as %23, / as %2F, @ as %40, % as %25",
    })
    .optional(),
  DATA_DIR: z.string().min(1).default(".telltale"),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must be an http or https URL" }).optional(),
  TELLTALE_WRITE_KEY: key("wk_").optional(),
  TELLTALE_SECRET_KEY: key("sk_").optional(),
  TELLTALE_DEMO: flag.optional(),
  TELLTALE_ROLE: z
    .enum(["all", "ingest", "worker"], { error: "must be all, ingest or worker" })
    .default("all"),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"], {
      error: "must be trace, debug, info, warn, error, fatal or silent",
    })
    .default("info"),
  ALLOW_PRIVATE_WEBHOOKS: flag.default(false),
  TRUSTED_PROXY_HOPS: z.coerce
    .number({ error: "must be a number of proxies, 0 to 10" })
    .int("must be a whole number")
    .min(0, "must be 0 or more")
    .max(10, "must be at most 10")
    .default(0),
  APP_SECRET: z.string().min(32, "must have at least 32 characters").optional(),
});

/** Names of all settings. */
export const SETTING_NAMES = Object.keys(fields.shape);

const schema = fields.refine(
  ({ TELLTALE_WRITE_KEY: writeKey, TELLTALE_SECRET_KEY: secretKey }) =>
    writeKey === undefined || writeKey !== secretKey,
  { path: ["TELLTALE_SECRET_KEY"], error: "must differ from TELLTALE_WRITE_KEY, which is public" },
);

/** The settings of a collector process. */
export interface Config {
  port: number;
  host: string;
  /** Absent: the embedded Postgres. */
  databaseUrl: string | undefined;
  dataDir: string;
  /** The address that people and webhooks see; absent: made of host and port. */
  publicUrl: string | undefined;
  writeKey: string | undefined;
  secretKey: string | undefined;
  isDemo: boolean;
  role: "all" | "ingest" | "worker";
  logLevel: string;
  isPrivateWebhookAllowed: boolean;
  /** Proxies of one's own in front, each of which appends to `X-Forwarded-For`. */
  trustedProxyHops: number;
  /** Encrypts secrets at rest; absent: a file in the data folder. */
  appSecret: string | undefined;
}

/** Thrown by {@link parseConfig}; the message has a line a fault. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

/**
 * Reads the settings from environment variables, all at once. Blank variables count as absent.
 *
 * @throws {ConfigError} that names every faulty variable and what it must be
 */
export function parseConfig(env: { [name: string]: string | undefined }): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim() !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
    throw new ConfigError(`These settings need a correction:\n${faults.join("\n")}`);
  }
  const settings = parsed.data;
  return {
    port: settings.PORT,
    host: settings.HOST,
    databaseUrl: settings.DATABASE_URL,
    dataDir: settings.DATA_DIR,
    publicUrl: settings.PUBLIC_URL?.replace(/\/+$/, ""),
    writeKey: settings.TELLTALE_WRITE_KEY,
    secretKey: settings.TELLTALE_SECRET_KEY,
    isDemo: settings.TELLTALE_DEMO ?? settings.DATABASE_URL === undefined,
    role: settings.TELLTALE_ROLE,
    logLevel: settings.LOG_LEVEL,
    isPrivateWebhookAllowed: settings.ALLOW_PRIVATE_WEBHOOKS,
    trustedProxyHops: settings.TRUSTED_PROXY_HOPS,
    appSecret: settings.APP_SECRET,
  };
}
