import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppDeps } from "../app.ts";
import { actorOf, keyOfHeader } from "../auth.ts";
import type { AppEnv } from "../http.ts";
import { recordAudit } from "./record-audit.ts";
import { toAudited } from "./to-action.ts";

/** Counts and states; what people wrote stays out of the log. */
const OF_MANY = ["accepted", "queued", "outcome", "tried", "stored"];
/** Things whose content is what people wrote, or that come in masses. */
const WITHOUT_CONTENT = /^\/v1\/(requests|outcomes|sources\/[^/]+\/csv|rejected-messages)\b/;

type Read = (path: string, init: RequestInit) => Response | Promise<Response>;
type Json = Record<string, unknown>;

/**
 * Writes every change that comes in over the REST interface into the audit log: which key, what, and
 * the fields that differ. What it was before is read over the same interface, by the same key.
 *
 * @param read - answers a request to this interface
 */
export function auditRequests(
  deps: Pick<AppDeps, "database" | "keyRing" | "clock">,
  read: Read,
): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    const audited = toAudited(c.req.method, c.req.path);
    if (!audited) return next();
    const hasContent = !WITHOUT_CONTENT.test(c.req.path);
    const before = audited.path && hasContent ? await readBefore(audited.path) : undefined;
    await next();
    const holder = c.get("keyHolder");
    if (!holder || c.res.status >= 400) return;
    const answer = await toJson(c.res.clone());
    const isGone = c.req.method === "DELETE";
    const after = isGone ? undefined : hasContent ? answer : pick(answer, OF_MANY);
    await recordAudit(deps.database.sql, {
      projectId: holder.project.id,
      actor: actorOf(c),
      action: audited.action,
      target: audited.target || nameOf(answer),
      at: deps.clock(),
      // Two answers that are not about the same thing have no difference to speak of.
      ...((isGone || isSame(before, after)) && { before }),
      after,
    });

    async function readBefore(path: string): Promise<Json | undefined> {
      const authorization = c.req.header("authorization") ?? "";
      const key = keyOfHeader(authorization);
      // A wrong key is counted once, by the request itself.
      if (!key || (await deps.keyRing.find(key))?.kind !== "secret") return undefined;
      const answer = await read(path, { headers: { authorization } });
      return answer.ok ? toJson(answer) : undefined;
    }
  });
}

async function toJson(response: Response): Promise<Json | undefined> {
  if (!/^application\/json\b/.test(response.headers.get("content-type") ?? "")) return undefined;
  const body: unknown = await response.json().catch(() => undefined);
  return typeof body === "object" && body !== null ? (body as Json) : undefined;
}

function pick(answer: Json | undefined, names: readonly string[]): Json | undefined {
  if (!answer) return undefined;
  return Object.fromEntries(Object.entries(answer).filter(([name]) => names.includes(name)));
}

const NAMES = ["key", "version", "name", "url", "id"];

function nameOf(answer: Json | undefined): string {
  const name = NAMES.find((one) => typeof answer?.[one] === "string");
  return name ? String(answer?.[name]) : "";
}

const isSame = (before: Json | undefined, after: Json | undefined): boolean =>
  before !== undefined && after !== undefined && nameOf(before) === nameOf(after);
