import { Hono } from "hono";
import { validate as isUuid } from "uuid";
import { Problem } from "../../problem.ts";
import { endKey, issueKey, readKeys } from "../../projects/issue-key.ts";
import { keyPrefix } from "../../projects/key.ts";
import { replayRejected } from "../../quarantine/replay-rejected.ts";
import { includesRole } from "../../sign-in/role.ts";
import type { DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { Notice } from "../ui/notice.tsx";
import { InstallPage } from "./install-page.tsx";
import { KeysPage } from "./keys-page.tsx";
import { LivePage } from "./live-page.tsx";
import { readInstall, readLiveEvents, readRejected, readSources } from "./read-data.ts";
import { RejectedPage } from "./rejected-page.tsx";
import { SourcesPage } from "./sources-page.tsx";

/** What arrives, what doesn't, and the keys to it. */
export function dataPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql, db } = deps.database;

  app.get("/dashboard/data", async (c) => {
    const view = await readSources(sql, c.get("project").id, deps.clock());
    return renderPage(c, deps, { title: "Data", section: "data" }, <SourcesPage view={view} />);
  });

  app.get("/dashboard/data/install", async (c) => {
    const view = await readInstall(deps, c.get("project").id);
    const meta = { title: "Install", section: "data", islands: ["live"] } as const;
    return renderPage(c, deps, meta, <InstallPage view={view} />);
  });

  app.get("/dashboard/data/live", async (c) => {
    const events = await readLiveEvents(sql, c.get("project").id);
    const meta = { title: "Live events", section: "data", islands: ["live"] } as const;
    return renderPage(c, deps, meta, <LivePage events={events} />);
  });

  app.get("/dashboard/data/rejected", async (c) => {
    const project = c.get("project");
    const code = (c.req.query("code") ?? "").slice(0, 100);
    const before = c.req.query("before") ?? null;
    if (before !== null && !isUuid(before)) {
      throw new Problem("invalid-request", "The address has a value that does not exist: before.");
    }
    const view = await readRejected(sql, project.id, { code, before, now: deps.clock() });
    const why = c.req.query("why");
    return renderPage(
      c,
      deps,
      { title: "Rejected", section: "data" },
      <>
        {why && <Notice kind="warn">Still rejected: {why.slice(0, 500)}</Notice>}
        <RejectedPage {...view} canReplay={includesRole(project.role, "operator")} />
      </>,
    );
  });

  app.post("/dashboard/data/rejected/:id/replay", requireRole("operator"), async (c) => {
    const id = c.req.param("id");
    if (!isUuid(id)) throw new Problem("not-found", "There is no such message.");
    const replay = await replayRejected(deps, c.get("project").id, id);
    await auditAction(c, sql, {
      action: "rejected_message.replayed",
      target: id,
      at: deps.clock(),
    });
    const query =
      replay.outcome === "rejected"
        ? new URLSearchParams({ why: replay.detail ?? replay.code ?? "" })
        : "said=replayed";
    return c.redirect(`/dashboard/data/rejected?${query}`, 303);
  });

  app.get("/dashboard/data/keys", async (c) => {
    const project = c.get("project");
    const keys = await readKeys(db, project.id);
    const canChange = includesRole(project.role, "admin");
    return renderPage(
      c,
      deps,
      { title: "Keys", section: "data" },
      <KeysPage keys={keys} canChange={canChange} created={null} />,
    );
  });

  app.post("/dashboard/data/keys", requireRole("admin"), async (c) => {
    const field = await readForm(c);
    const kind = field("kind");
    if (kind !== "write" && kind !== "secret") {
      throw new Problem("invalid-request", "A key is a write key or a secret key.");
    }
    const { id: projectId } = c.get("project");
    const name = field("name").slice(0, 80) || "dashboard";
    const key = await issueKey(db, deps.clock, { projectId, kind, name });
    const target = `${keyPrefix(key)}…`;
    await auditAction(c, sql, { action: "key.created", target, at: deps.clock() });
    const keys = await readKeys(db, projectId);
    return renderPage(
      c,
      deps,
      { title: "Keys", section: "data" },
      <KeysPage keys={keys} canChange created={key} />,
    );
  });

  app.post("/dashboard/data/keys/:id/revoke", requireRole("admin"), async (c) => {
    const id = c.req.param("id");
    if (!isUuid(id)) throw new Problem("not-found", "There is no such key that could be revoked.");
    await endKey(db, c.get("project").id, id);
    await auditAction(c, sql, { action: "key.revoked", target: id, at: deps.clock() });
    return c.redirect("/dashboard/data/keys?said=revoked", 303);
  });
  return app;
}
