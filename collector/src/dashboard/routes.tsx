import { Hono } from "hono";
import { compress } from "hono/compress";
import type { AppDeps } from "../app.ts";
import { Problem } from "../problem.ts";
import { switchProject } from "../sign-in/find-session.ts";
import { signInRoutes } from "../sign-in/routes.tsx";
import { createSessionCookie } from "../sign-in/session-cookie.ts";
import { accountPages } from "./account/routes.tsx";
import { playbookPages } from "./alerts/playbook-routes.tsx";
import { alertPages } from "./alerts/routes.tsx";
import { rulePages } from "./alerts/rule-routes.tsx";
import { readAssets } from "./assets.ts";
import { bookPages } from "./book/routes.tsx";
import { privacyPages } from "./data/privacy-routes.tsx";
import { projectPages } from "./data/project-routes.tsx";
import { dataPages } from "./data/routes.tsx";
import { webhookPages } from "./data/webhook-routes.tsx";
import type { DashboardEnv } from "./env.ts";
import { ErrorPage } from "./error-page.tsx";
import { experimentPages } from "./experiments/routes.tsx";
import { featurePages } from "./features/routes.tsx";
import { ideaPages } from "./model/idea-routes.tsx";
import { modelPages } from "./model/routes.tsx";
import { peoplePages } from "./people/routes.tsx";
import { youPages } from "./people/you-routes.tsx";
import { toDashboardProblem } from "./problem-of.ts";
import { pulsePages } from "./pulses/routes.tsx";
import type { PageDeps } from "./render.tsx";
import { requireSession } from "./require-session.ts";
import { reviewPages } from "./review/routes.tsx";
import { limitForms, refuseForeignForms, refuseZeroBytes, secureDashboard } from "./security.ts";
import { surveyPages } from "./surveys/routes.tsx";

const PAGES = [
  bookPages,
  pulsePages,
  accountPages,
  // Before the page of an alert, whose id could be anything.
  rulePages,
  experimentPages,
  playbookPages,
  alertPages,
  reviewPages,
  dataPages,
  webhookPages,
  privacyPages,
  projectPages,
  modelPages,
  ideaPages,
  surveyPages,
  featurePages,
  youPages,
  peoplePages,
];

/** Everything under `/dashboard`: pages for people, rendered on the server. */
export function dashboardRoutes(appDeps: AppDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const assets = readAssets();
  const deps: PageDeps = { ...appDeps, assets };
  const cookie = createSessionCookie(deps.publicUrl);

  app.get("/", (c) => c.redirect("/dashboard"));
  app.use("/dashboard/*", compress());
  app.get("/dashboard/assets/:file", (c) => {
    const asset = assets.find(c.req.path);
    if (!asset) throw new Problem("not-found", "There is no such file.");
    c.header("content-type", asset.type);
    c.header("cache-control", "public, max-age=31536000, immutable");
    return c.body(asset.body);
  });
  app.use("/dashboard/*", secureDashboard(), refuseZeroBytes(), refuseForeignForms(), limitForms());
  app.route("/", signInRoutes(deps, cookie));
  app.use("/dashboard/*", requireSession(deps, cookie));
  app.post("/dashboard/project", async (c) => {
    const wanted = String((await c.req.parseBody()).project ?? "");
    const { db } = deps.database;
    if (!(await switchProject(db, c.get("session"), c.get("sessionToken"), wanted))) {
      throw new Problem("not-found", "There is no such project among yours.");
    }
    return c.redirect("/dashboard", 303);
  });
  for (const pages of PAGES) app.route("/", pages(deps));

  app.all("/dashboard/*", () => {
    throw new Problem("not-found", "There is no such page on the dashboard.");
  });
  app.onError((error, c) => {
    const problem = toDashboardProblem(error);
    if (problem.status >= 500) {
      deps.logger.error({ requestId: c.get("requestId"), err: error }, "request failed");
    }
    c.set("logFields", { ...c.get("logFields"), problem: problem.kind });
    if (problem.retryAfterSeconds !== undefined) {
      c.header("retry-after", String(problem.retryAfterSeconds));
    }
    return c.html(
      <ErrorPage
        problem={problem}
        requestId={c.get("requestId")}
        assets={assets}
        nonce={c.get("secureHeadersNonce") ?? ""}
      />,
      problem.status,
    );
  });
  return app;
}
