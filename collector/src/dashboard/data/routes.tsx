import { Hono } from "hono";
import { validate as isUuid, v7 } from "uuid";
import { Problem } from "../../problem.ts";
import { createKey, hashKey, keyPrefix } from "../../projects/key.ts";
import { insertKey, listKeys, revokeKey } from "../../projects/queries.ts";
import { replayRejected } from "../../quarantine/replay-rejected.ts";
import { includesRole } from "../../sign-in/role.ts";
import type { DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import {
  countRejected,
  findFirstAndLastEvent,
  findIncidents,
  findNewestEvents,
  findRejected,
  findSources,
} from "./queries.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { Notice } from "../ui/notice.tsx";
import { InstallPage } from "./install-page.tsx";
import { KeysPage } from "./keys-page.tsx";
import { LivePage } from "./live-page.tsx";
import { RejectedPage } from "./rejected-page.tsx";
import { SourcesPage } from "./sources-page.tsx";

const WEEK_MS = 7 * 86_400_000;
const MONTH_MS = 30 * 86_400_000;
const PAGE_ROWS = 30;

/** What arrives, what doesn't, and the keys to it. */
export function dataPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql, db } = deps.database;
  const ago = (ms: number): string => new Date(deps.clock() - ms).toISOString();

  app.get("/dashboard/data", async (c) => {
    const { id } = c.get("project");
    const [sources, rejected, incidents] = await Promise.all([
      findSources(sql, id),
      countRejected(sql, id, ago(WEEK_MS)),
      findIncidents(sql, id),
    ]);
    const view = { sources, rejected, incidents };
    return renderPage(c, deps, { title: "Data", section: "data" }, <SourcesPage view={view} />);
  });

  app.get("/dashboard/data/install", async (c) => {
    const { id } = c.get("project");
    const [keys, seen, newest] = await Promise.all([
      listKeys(db, id),
      findFirstAndLastEvent(sql, id),
      findNewestEvents(sql, id, 500),
    ]);
    const key = keys.findLast(({ kind, revokedAt }) => kind === "write" && revokedAt === null);
    const view = {
      publicUrl: deps.publicUrl,
      writeKeyPrefix: key?.prefix ?? null,
      seen,
      newest,
    };
    const meta = { title: "Install", section: "data", islands: ["live"] } as const;
    return renderPage(c, deps, meta, <InstallPage view={view} />);
  });

  app.get("/dashboard/data/live", async (c) => {
    const events = await findNewestEvents(sql, c.get("project").id, 50);
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
    const [rows, counts] = await Promise.all([
      findRejected(sql, project.id, { code, before, limit: PAGE_ROWS + 1 }),
      countRejected(sql, project.id, ago(MONTH_MS)),
    ]);
    const shown = rows.slice(0, PAGE_ROWS);
    const why = c.req.query("why");
    return renderPage(
      c,
      deps,
      { title: "Rejected", section: "data" },
      <>
        {why && <Notice kind="warn">Still rejected: {why.slice(0, 500)}</Notice>}
        <RejectedPage
          rows={shown}
          counts={counts}
          code={code}
          next={rows.length > PAGE_ROWS ? (shown.at(-1)?.id ?? null) : null}
          canReplay={includesRole(project.role, "operator")}
        />
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
    const keys = await listKeys(db, project.id);
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
    const key = createKey(kind);
    const now = deps.clock();
    await insertKey(db, {
      id: v7(),
      projectId,
      kind,
      name: field("name").slice(0, 80) || "dashboard",
      prefix: keyPrefix(key),
      keyHash: hashKey(key),
      createdAt: new Date(now),
    });
    await auditAction(c, sql, { action: "key.created", target: `${keyPrefix(key)}…`, at: now });
    const keys = await listKeys(db, projectId);
    return renderPage(
      c,
      deps,
      { title: "Keys", section: "data" },
      <KeysPage keys={keys} canChange created={key} />,
    );
  });

  app.post("/dashboard/data/keys/:id/revoke", requireRole("admin"), async (c) => {
    const id = c.req.param("id");
    if (!isUuid(id) || !(await revokeKey(db, c.get("project").id, id))) {
      throw new Problem("not-found", "There is no such key that could be revoked.");
    }
    await auditAction(c, sql, { action: "key.revoked", target: id, at: deps.clock() });
    return c.redirect("/dashboard/data/keys?said=revoked", 303);
  });
  return app;
}
