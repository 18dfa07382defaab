import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { NONCE, secureHeaders } from "hono/secure-headers";
import { Problem } from "../problem.ts";
import type { DashboardEnv } from "./env.ts";

/** Nothing runs, loads or frames the dashboard but what it names itself. */
export function secureDashboard(): MiddlewareHandler {
  const page = secureFor({ framedBy: "nobody" });
  const preview = secureFor({ framedBy: "itself" });
  return (c, next) => (c.req.path === PREVIEW_PATH ? preview(c, next) : page(c, next));
}

/** The one page that stands in a frame, on a page of the dashboard. */
export const PREVIEW_PATH = "/dashboard/surveys/preview";

const secureFor = ({ framedBy }: { framedBy: "nobody" | "itself" }): MiddlewareHandler =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: [NONCE],
      styleSrc: [NONCE],
      imgSrc: ["'self'", "data:"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      frameSrc: ["'self'"],
      frameAncestors: [framedBy === "itself" ? "'self'" : "'none'"],
      baseUri: ["'none'"],
    },
    xFrameOptions: framedBy === "itself" ? "SAMEORIGIN" : "DENY",
    referrerPolicy: "same-origin",
    crossOriginOpenerPolicy: "same-origin",
    crossOriginResourcePolicy: "same-origin",
    // Plain http on one's own machine has no certificate to insist on.
    strictTransportSecurity: false,
  });

const FORMS = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

/**
 * Changes come from the dashboard's own forms only: `hono/csrf` checks where a form was sent from,
 * and what is no form (which it would let pass) is refused before.
 */
export function refuseForeignForms(): MiddlewareHandler<DashboardEnv> {
  const checkOrigin = csrf();
  return async (c, next) => {
    if (c.req.method === "GET" || c.req.method === "HEAD") return next();
    if (!FORMS.test(c.req.header("content-type") ?? "")) {
      throw new Problem("unsupported-media-type", "The dashboard takes forms only.");
    }
    return checkOrigin(c, next);
  };
}

/** An address with a zero byte in it names nothing, as no database holds one. */
export function refuseZeroBytes(): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.url.includes("%00")) throw new Problem("not-found", "There is no such page.");
    await next();
  };
}

const MAX_FORM_BYTES = 1_000_000;

/** Reads no more than a form may have, whoever sends it. */
export function limitForms(): MiddlewareHandler {
  return bodyLimit({
    maxSize: MAX_FORM_BYTES,
    onError: () => {
      throw new Problem("too-large", `A form has at most ${MAX_FORM_BYTES} bytes.`);
    },
  });
}
