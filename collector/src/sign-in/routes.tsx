import { Hono } from "hono";
import type { DashboardEnv } from "../dashboard/env.ts";
import type { PageDeps } from "../dashboard/render.tsx";
import { Problem } from "../problem.ts";
import { createTokenBuckets, type Rate } from "../token-buckets.ts";
import { endSession } from "./find-session.ts";
import type { SessionCookie } from "./session-cookie.ts";
import { SignInPage } from "./sign-in-page.tsx";
import { readSignInLink, useSignInLink } from "./use-sign-in-link.ts";

/** Twenty wrong links at once, then twenty in 15 minutes. */
const WRONG_LINKS: Rate = { perSecond: 20 / 900, burst: 20 };

/** Only paths of the dashboard itself: never another site, never back to the sign-in page. */
export function toSafePath(next: string | undefined): string {
  const isOurs = next !== undefined && /^\/dashboard(?:[/?][^\\]*)?$/.test(next);
  return isOurs && !next.startsWith("/dashboard/sign-") ? next : "/dashboard";
}

/** Signing in by link, and out. */
export function signInRoutes(deps: PageDeps, cookie: SessionCookie): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { db } = deps.database;
  const buckets = createTokenBuckets(10_000, () => deps.clock());

  /** Who guesses tokens is not answered any more for a while. */
  app.use("/dashboard/sign-in", async (c, next) => {
    const waitSeconds = buckets.wait(c.get("address"), WRONG_LINKS);
    if (waitSeconds > 0) {
      throw new Problem("too-many-requests", "Too many wrong links from this address.", {
        retryAfterSeconds: waitSeconds,
      });
    }
    await next();
    if (c.res.status === 401) buckets.take(c.get("address"), WRONG_LINKS);
  });

  app.get("/dashboard/sign-in", async (c) => {
    c.header("cache-control", "no-store");
    const token = c.req.query("token");
    const next = toSafePath(c.req.query("next"));
    const nonce = c.get("secureHeadersNonce") ?? "";
    const link = token ? await readSignInLink(db, deps.clock, token) : null;
    // A prefetch or another site's link does not spend it: there, a person has to press the button.
    const isOwnClick =
      !["cross-site", "same-site"].includes(c.req.header("sec-fetch-site") ?? "none") &&
      !/prefetch/.test(c.req.header("sec-purpose") ?? c.req.header("purpose") ?? "");
    if (token && link && link.kind !== "invite" && isOwnClick) {
      const { sessionToken } = await useSignInLink(db, deps.clock, { token, name: "" });
      cookie.write(c, sessionToken);
      return c.redirect(next, 303);
    }
    const state = !token ? "no-link" : !link ? "spent" : link.kind === "invite" ? "invite" : "ask";
    return c.html(
      <SignInPage
        state={state}
        token={token ?? ""}
        role={link?.role ?? null}
        assets={deps.assets}
        nonce={nonce}
      />,
      state === "spent" ? 401 : 200,
    );
  });

  app.post("/dashboard/sign-in", async (c) => {
    const form = await c.req.parseBody();
    const token = String(form.token ?? "");
    const name = String(form.name ?? "");
    const { sessionToken } = await useSignInLink(db, deps.clock, { token, name });
    cookie.write(c, sessionToken);
    return c.redirect("/dashboard", 303);
  });

  app.post("/dashboard/sign-out", async (c) => {
    const token = cookie.read(c);
    if (token) await endSession(db, token);
    cookie.clear(c);
    return c.redirect("/dashboard/sign-in", 303);
  });
  return app;
}
