import type { Context, MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./http.ts";
import { Problem, WrongKey } from "./problem.ts";
import type { KeyRing } from "./projects/key-ring.ts";
import type { KeyHolder } from "./projects/queries.ts";

/** The key of a Bearer or Basic header; in Basic it is the user name, as Segment sends it. */
export function keyOfHeader(header: string | undefined): string | null {
  const [scheme, value] = (header ?? "").split(" ", 2);
  if (!scheme || !value) return null;
  if (scheme.toLowerCase() === "bearer") return value;
  if (scheme.toLowerCase() !== "basic") return null;
  return Buffer.from(value, "base64").toString("utf8").split(":", 1)[0] || null;
}

/** The write key that a body brings, whatever else is in it. */
export function keyOfBody(body: unknown): string | null {
  const { writeKey } = Object(body) as { writeKey?: unknown };
  return typeof writeKey === "string" && writeKey !== "" ? writeKey : null;
}

/** What a secret key may do when it is limited at all: read, change, or send events. */
export const SCOPES = ["read", "write", "ingest"] as const;

export type Scope = (typeof SCOPES)[number];

/**
 * A key without scopes may do everything of its kind.
 *
 * @throws {Problem} forbidden
 */
export function requireScope(holder: KeyHolder, scope: Scope): void {
  if (holder.scopes.length === 0 || holder.scopes.includes(scope)) return;
  throw new Problem("forbidden", `This key lacks the scope ${scope}.`);
}

/** Lets only secret keys pass, and tells the request which project it is about. */
export function requireSecretKey(keyRing: KeyRing): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    const key = keyOfHeader(c.req.header("authorization"));
    if (!key) {
      throw new Problem("unauthenticated", "Send your secret key as 'Authorization: Bearer sk_…'.");
    }
    const holder = await keyRing.find(key);
    if (!holder) throw new WrongKey();
    if (holder.kind !== "secret") {
      throw new Problem("forbidden", "A write key can only send events; use a secret key here.");
    }
    requireScope(holder, ["GET", "HEAD"].includes(c.req.method) ? "read" : "write");
    c.set("keyHolder", holder);
    c.set("logFields", { ...c.get("logFields"), projectId: holder.project.id });
    await next();
  });
}

/** The project of a request that passed {@link requireSecretKey}. */
export function projectIdOf(c: Context<AppEnv>): string {
  return c.get("keyHolder").project.id;
}

/** Who acts, where and from where, for the audit log. */
export const originOf = (c: Context<AppEnv>) => ({
  projectId: projectIdOf(c),
  actor: `key ${c.get("keyHolder").prefix}…`,
  ip: c.get("address"),
});
