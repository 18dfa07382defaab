import { Hono } from "hono";
import { recordAudit } from "../audit/record-audit.ts";
import type { DashboardContext, DashboardEnv } from "../dashboard/env.ts";
import { readForm } from "../dashboard/form.ts";
import type { PageDeps } from "../dashboard/render.tsx";
import { Problem } from "../problem.ts";
import { endSession, findSession } from "./find-session.ts";
import { createSignInLimits } from "./limit-sign-in.ts";
import type { SessionCookie } from "./session-cookie.ts";
import { SignInPage, type SignInState } from "./sign-in-page.tsx";
import { signInWithPassword, toEmail } from "./sign-in-with-password.ts";
import { readSignInLink, useSignInLink } from "./use-sign-in-link.ts";

/** Only paths of the dashboard itself: never another site, never back to the sign-in page. */
export function toSafePath(next: string | undefined): string {
  const isOurs = next !== undefined && /^\/dashboard(?:[/?][^\\]*)?$/.test(next);
  return isOurs && !next.startsWith("/dashboard/sign-") ? next : "/dashboard";
}

/** Signing in by link or password, and out. */
export function signInRoutes(deps: PageDeps, cookie: SessionCookie): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { db, sql } = deps.database;
  const limits = createSignInLimits(() => deps.clock());

  /** Gives the browser its session and writes down that somebody came. */
  async function welcome(
    c: DashboardContext,
    sessionToken: string,
    how: "link" | "password",
  ): Promise<void> {
    cookie.write(c, sessionToken);
    const session = await findSession(db, deps.clock, sessionToken);
    const action = `member.signed_in_by_${how}` as const;
    const entry = { action, ip: c.get("address"), at: deps.clock() };
    for (const { id: projectId } of session?.projects ?? []) {
      const { name: actor, id: target } = session?.member ?? { name: "", id: "" };
      await recordAudit(sql, { ...entry, projectId, actor, target });
    }
  }

  function show(
    c: DashboardContext,
    page: { state: SignInState; token?: string; role?: "viewer" | "operator" | "admin" | null },
  ) {
    const isRefused = page.state === "spent" || page.state === "wrong";
    return c.html(
      <SignInPage
        state={page.state}
        token={page.token ?? ""}
        role={page.role ?? null}
        next={toSafePath(c.req.query("next"))}
        assets={deps.assets}
        nonce={c.get("secureHeadersNonce") ?? ""}
      />,
      isRefused ? 401 : 200,
    );
  }

  /** Who guesses tokens is not answered any more for a while. */
  app.use("/dashboard/sign-in", async (c, next) => {
    limits.checkAddress(c.get("address"));
    await next();
    if (c.res.status === 401) limits.countWrongLink(c.get("address"));
  });

  app.get("/dashboard/sign-in", async (c) => {
    c.header("cache-control", "no-store");
    const token = c.req.query("token");
    const link = token ? await readSignInLink(db, deps.clock, token) : null;
    // A prefetch or another site's link does not spend it: there, a person has to press the button.
    const isOwnClick =
      !["cross-site", "same-site"].includes(c.req.header("sec-fetch-site") ?? "none") &&
      !/prefetch/.test(c.req.header("sec-purpose") ?? c.req.header("purpose") ?? "");
    if (token && link && link.kind !== "invite" && isOwnClick) {
      const use = { token, name: "", earlierToken: cookie.read(c) };
      await welcome(c, (await useSignInLink(db, deps.clock, use)).sessionToken, "link");
      return c.redirect(toSafePath(c.req.query("next")), 303);
    }
    const state = !token ? "no-link" : !link ? "spent" : link.kind === "invite" ? "invite" : "ask";
    return show(c, { state, token: token ?? "", role: link?.role ?? null });
  });

  app.post("/dashboard/sign-in", async (c) => {
    const field = await readForm(c);
    const use = { token: field("token"), name: field("name"), earlierToken: cookie.read(c) };
    await welcome(c, (await useSignInLink(db, deps.clock, use)).sessionToken, "link");
    return c.redirect("/dashboard", 303);
  });

  app.post("/dashboard/sign-in/password", async (c) => {
    c.header("cache-control", "no-store");
    const field = await readForm(c);
    const email = field("email");
    const password = field.asSent("password").slice(0, 1_000);
    limits.takePassword(c.get("address"), toEmail(email));
    const given = { email, password, earlierToken: cookie.read(c) };
    try {
      await welcome(c, (await signInWithPassword(db, deps.clock, given)).sessionToken, "password");
    } catch (error) {
      if (error instanceof Problem && error.kind === "unauthenticated") {
        return show(c, { state: "wrong" });
      }
      throw error;
    }
    return c.redirect(toSafePath(field("next")), 303);
  });

  app.post("/dashboard/sign-out", async (c) => {
    const token = cookie.read(c);
    if (token) await endSession(db, token);
    cookie.clear(c);
    return c.redirect("/dashboard/sign-in", 303);
  });
  return app;
}
