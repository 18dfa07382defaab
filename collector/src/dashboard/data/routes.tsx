import { Hono } from "hono";
import { validate as isUuid } from "uuid";
import { Problem } from "../../problem.ts";
import { endKey, issueKey, readKeys } from "../../projects/issue-key.ts";
import { type KeyKind, keyPrefix } from "../../projects/key.ts";
import { includesRole } from "../../sign-in/role.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import type { FieldFault } from "../ui/field.tsx";
import { InstallPage } from "./install-page.tsx";
import { KeysPage } from "./keys-page.tsx";
import { LivePage } from "./live-page.tsx";
import { readInstall, readLiveEvents, readSources } from "./read-data.ts";
import { rejectedPages } from "./rejected-routes.tsx";
import { SourcesPage } from "./sources-page.tsx";

interface KeysSaid {
  /** Just made; shown this once. */
  created?: string | null;
  /** The key that the new one is to stand in for, as far as it is shown. */
  replaced?: string | null;
  draft?: { kind: KeyKind; name: string };
  faults?: FieldFault[];
}

const NEW_KEY = { kind: "write", name: "" } as const;

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
    const events = await readLiveEvents(sql, c.get("project").id, deps.clock());
    const meta = { title: "Live events", section: "data", islands: ["live"] } as const;
    return renderPage(c, deps, meta, <LivePage events={events} />);
  });

  app.route("/", rejectedPages(deps));

  async function showKeys(
    c: DashboardContext,
    { created = null, replaced = null, draft = NEW_KEY, faults = [] }: KeysSaid = {},
  ): Promise<Response> {
    const project = c.get("project");
    const keys = await readKeys(db, project.id);
    const canChange = includesRole(project.role, "admin");
    return renderPage(
      c,
      deps,
      { title: "Keys", section: "data", status: faults.length > 0 ? 400 : 200 },
      <KeysPage
        keys={keys}
        canChange={canChange}
        created={created}
        replaced={replaced}
        draft={draft}
        faults={faults}
      />,
    );
  }

  app.get("/dashboard/data/keys", (c) => showKeys(c));

  app.post("/dashboard/data/keys", requireRole("admin"), async (c) => {
    const field = await readForm(c);
    const [kind, name] = [field("kind"), field("name")];
    if (kind !== "write" && kind !== "secret") {
      throw new Problem("invalid-request", "A key is a write key or a secret key.");
    }
    if (name === "" || name.length > 80) {
      const message = "Say in 1 to 80 characters what the key is for.";
      return showKeys(c, { draft: { kind, name }, faults: [{ field: "name", message }] });
    }
    const { id: projectId } = c.get("project");
    const key = await issueKey(db, deps.clock, { projectId, kind, name });
    const target = `${keyPrefix(key)}…`;
    const entry = { action: "key.created" as const, target, at: deps.clock() };
    await auditAction(c, deps, { ...entry, after: { kind, name } });
    return showKeys(c, { created: key });
  });

  app.post("/dashboard/data/keys/:id/rotate", requireRole("admin"), async (c) => {
    const id = c.req.param("id");
    const { id: projectId } = c.get("project");
    const old = (await readKeys(db, projectId)).find((key) => key.id === id && !key.revokedAt);
    if (!old) throw new Problem("not-found", "There is no such key that could be replaced.");
    const { kind, name } = old;
    const key = await issueKey(db, deps.clock, { projectId, kind, name });
    const entry = { action: "key.rotated" as const, target: `${old.prefix}…`, at: deps.clock() };
    await auditAction(c, deps, { ...entry, after: { prefix: `${keyPrefix(key)}…` } });
    return showKeys(c, { created: key, replaced: `${old.prefix}…` });
  });

  app.post("/dashboard/data/keys/:id/revoke", requireRole("admin"), async (c) => {
    const id = c.req.param("id");
    if (!isUuid(id)) throw new Problem("not-found", "There is no such key that could be revoked.");
    const { id: projectId } = c.get("project");
    const key = (await readKeys(db, projectId)).find((one) => one.id === id);
    await endKey(db, projectId, id);
    const entry = { action: "key.revoked" as const, target: id, at: deps.clock() };
    const before = key && { kind: key.kind, name: key.name, prefix: `${key.prefix}…` };
    await auditAction(c, deps, { ...entry, before });
    return c.redirect("/dashboard/data/keys?said=revoked", 303);
  });
  return app;
}
