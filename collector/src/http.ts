import { OpenAPIHono } from "@hono/zod-openapi";
import type { ProblemError } from "@telltale/protocol";
import type { z } from "zod";
import { toFaultWords } from "./fault-words.ts";
import { Problem } from "./problem.ts";
import type { KeyHolder } from "./projects/queries.ts";

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

/** An empty set of routes whose checks answer with problem documents. */
export function createRoutes(): OpenAPIHono<AppEnv> {
  return new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      throw new Problem(
        "invalid-request",
        `The ${result.target === "json" ? "body" : result.target} has faults; see errors.`,
        { errors: toProblemErrors(result.error as unknown as z.ZodError) },
      );
    },
  });
}
