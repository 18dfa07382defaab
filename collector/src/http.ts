import { OpenAPIHono } from "@hono/zod-openapi";
import type { ProblemError } from "@telltale/protocol";
import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import type { z } from "zod";
import { toFaultWords } from "./fault-words.ts";
import { Problem } from "./problem.ts";
import type { KeyHolder } from "./projects/queries.ts";
import { findUnknownFields } from "./unknown-fields.ts";
import { findUnstorable } from "./unstorable.ts";

/** What middleware puts into a request's context. */
export interface AppEnv {
  Variables: {
    requestId: string;
    /** Where the request came from; null where there is no socket. */
    address: string | null;
    /** Set by `requireSecretKey`. */
    keyHolder: KeyHolder;
    /** What the request replaced or removed, for the audit log, where its route tells. */
    before?: Record<string, unknown> | undefined;
    /** Further fields of the request's log line. */
    logFields: Record<string, unknown>;
  };
}

/** A path of a zod issue as a JSON pointer (RFC 6901). */
export function toPointer(path: PropertyKey[]): string {
  return path
    .map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

/** The faults of a zod check, each with its place. */
export function toProblemErrors(error: z.ZodError): ProblemError[] {
  return error.issues.map((issue) => ({
    pointer: toPointer(issue.path),
    detail: toFaultWords(issue),
  }));
}

/** What a route's check found. */
interface Checked {
  target: string;
  success: boolean;
  data?: unknown;
  error?: unknown;
}

/** Answers what has faults with a problem document; of bulk requests, whose rows are checked one by one. */
export function refuseFaults(checked: Checked): undefined {
  if (!checked.success) refuse(checked, toProblemErrors(checked.error as z.ZodError));
}

/** Answers what has faults, or holds what cannot be stored, with a problem document. */
function refuseUnstorable(checked: Checked): void {
  refuseFaults(checked);
  refuseAny(
    checked,
    findUnstorable(checked.data).map((path) => ({
      path,
      detail: "must be text without zero bytes and half characters",
    })),
  );
}

function refuseAny(checked: Checked, faults: { path: string[]; detail: string }[]): void {
  const errors = faults.map(({ path, detail }) => ({ pointer: toPointer(path), detail }));
  if (errors.length > 0) refuse(checked, errors);
}

function refuse({ target }: Checked, errors: ProblemError[]): never {
  const what = target === "json" ? "body" : target;
  throw new Problem("invalid-request", `The ${what} has faults; see errors.`, { errors });
}

/**
 * An empty set of routes whose checks answer with problem documents. Behind the secret key, where
 * people write the requests, a field that nothing reads is a fault.
 */
export function createRoutes(): OpenAPIHono<AppEnv> {
  const app = new OpenAPIHono<AppEnv>({
    async defaultHook(checked, c) {
      refuseUnstorable(checked);
      if (checked.target !== "json") return;
      const route = findRoute(app, c.req.method, routePath(c));
      if (!route?.security?.some((scheme) => "secretKey" in scheme)) return;
      const body = { given: await c.req.json(), checked: (checked as Checked).data };
      refuseAny(checked, findUnknownFields(route, body));
    },
  });
  return app;
}

/** Many clients announce JSON and then send nothing; that is a POST without a body. */
export const allowNoBody = createMiddleware<AppEnv>(async (c, next) => {
  if ((await c.req.text()) === "") c.req.raw = new Request(c.req.url, { method: "POST" });
  await next();
});

function findRoute(app: OpenAPIHono<AppEnv>, method: string, path: string) {
  const [found] = app.openAPIRegistry.definitions.flatMap((one) =>
    one.type === "route" &&
    one.route.method === method.toLowerCase() &&
    one.route.path.replaceAll(/\{(.+?)\}/g, ":$1") === path
      ? one.route
      : [],
  );
  return found;
}
