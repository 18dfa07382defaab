import type { MiddlewareHandler } from "hono";
import { createMiddleware } from "hono/factory";
import type { AppDeps } from "../app.ts";
import { keyOfHeader, originOf } from "../auth.ts";
import type { AppEnv } from "../http.ts";
import type { AuditAction } from "./actions.ts";
import { recordDone } from "./record-audit.ts";
import { toAudited } from "./to-action.ts";
import { toSwitch } from "./to-switch.ts";

type Json = Record<string, unknown>;
type Read = (path: string, init: RequestInit) => Response | Promise<Response>;

const pick =
  (...names: string[]) =>
  (answer: Json): Json =>
    Object.fromEntries(Object.entries(answer).filter(([name]) => names.includes(name)));

/** What the log shows of answers that hold what people wrote, or that are about many things. */
const SHOWN: { [action in AuditAction]?: (answer: Json) => Json } = {
  "account.pulse_given": ({ pulse }) => pick("tier")((pulse ?? {}) as Json),
  "model_idea.answered": pick("status", "answeredBy"),
  "model_idea.created": pick("title", "author"),
  "outcome.created": pick("accepted"),
  "rejected_message.replayed": pick("outcome", "tried", "stored"),
  "request.created": pick("accepted"),
  "request.tagged": pick("tags"),
  "source.csv_imported": pick("accepted", "queued", "stored"),
};

/**
 * Writes every change that comes in over the REST interface into the audit log: which key, what, and
 * the fields that differ. What it was before is told by the route, else read over the same interface,
 * by the same key.
 *
 * @param read - answers a request to this interface
 */
export function auditRequests(
  deps: Pick<AppDeps, "database" | "keyRing" | "clock" | "logger">,
  read: Read,
): MiddlewareHandler<AppEnv> {
  return createMiddleware<AppEnv>(async (c, next) => {
    const audited = toAudited(c.req.method, c.req.path);
    if (!audited) return next();
    const { action, path } = audited;
    const show = SHOWN[action];
    const seen = path && !show ? await readBefore(path) : undefined;
    await next();
    const holder = c.get("keyHolder");
    if (!holder || c.res.status >= 400) return;
    const answer = await toJson(c.res.clone());
    const isGone = c.req.method === "DELETE";
    const before = c.get("before") ?? seen;
    const after = isGone ? undefined : show && answer ? show(answer) : answer;
    await recordDone(deps, {
      ...originOf(c),
      action: toSwitch(action, before, after),
      target: audited.target || firstOf(NAMES, answer),
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

/** What people call a thing, and what it is told by even when it is renamed. */
const NAMES = ["key", "version", "name", "url", "id"];
const IDENTITIES = ["key", "version", "id"];

function firstOf(names: string[], answer: Json | undefined): string {
  const name = names.find((one) => typeof answer?.[one] === "string");
  return name ? String(answer?.[name]) : "";
}

const isSame = (before: Json | undefined, after: Json | undefined): boolean =>
  before !== undefined &&
  after !== undefined &&
  firstOf(IDENTITIES, before) === firstOf(IDENTITIES, after);
