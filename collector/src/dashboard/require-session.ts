import type { MiddlewareHandler } from "hono";
import type { AppDeps } from "../app.ts";
import { Problem } from "../problem.ts";
import { findSession, switchProject } from "../sign-in/find-session.ts";
import { includesRole, type Role } from "../sign-in/role.ts";
import type { SessionCookie } from "../sign-in/session-cookie.ts";
import type { DashboardEnv } from "./env.ts";

/**
 * Lets only members pass who have a project to look at. Others are led to the sign-in page and
 * from there to where they wanted to go.
 */
export function requireSession(
  deps: Pick<AppDeps, "database" | "clock">,
  cookie: SessionCookie,
): MiddlewareHandler<DashboardEnv> {
  return async (c, next) => {
    const { db } = deps.database;
    const token = cookie.read(c);
    const session = token ? await findSession(db, deps.clock, token) : null;
    if (!token || !session) {
      if (c.req.method !== "GET") {
        throw new Problem("unauthenticated", "Your session has ended; sign in again.");
      }
      const { pathname, search } = new URL(c.req.url);
      return c.redirect(`/dashboard/sign-in?next=${encodeURIComponent(pathname + search)}`, 303);
    }
    const wanted = c.req.method === "GET" ? c.req.query("project") : undefined;
    if (wanted && wanted !== session.project?.id) {
      if (!(await switchProject(db, session, token, wanted))) {
        throw new Problem("not-found", "There is no such project among yours.");
      }
      session.project = session.projects.find(({ id }) => id === wanted) ?? null;
    }
    if (!session.project) throw new Problem("forbidden", "You are a member of no project.");
    c.set("session", session);
    c.set("sessionToken", token);
    c.set("project", session.project);
    c.set("logFields", { ...c.get("logFields"), projectId: session.project.id });
    c.header("cache-control", "private, no-store");
    return next();
  };
}

/** Lets only members pass whose role in this project includes the one that is needed. */
export function requireRole(needed: Role): MiddlewareHandler<DashboardEnv> {
  return async (c, next) => {
    if (!includesRole(c.get("project").role, needed)) {
      throw new Problem("forbidden", `This needs the role ${needed}; ask an admin.`);
    }
    return next();
  };
}
