import { Hono } from "hono";
import { v7 } from "uuid";
import { recordAudit } from "../../audit/record-audit.ts";
import { Problem } from "../../problem.ts";
import { includesRole } from "../../sign-in/role.ts";
import { toCsv } from "../csv.ts";
import type { DashboardEnv } from "../env.ts";
import { deleteSavedView, upsertSavedView } from "../queries/saved-views.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { BookPage } from "./book-page.tsx";
import { parseBookFilter, toBookQuery } from "./filter.ts";
import { createBookReader } from "./read-book.ts";

/** The book: the first page, its CSV and its saved views. */
export function bookPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql } = deps.database;
  const reader = createBookReader(deps);

  app.get("/dashboard", async (c) => {
    const filter = parseBookFilter(c.req.query());
    const project = c.get("project");
    const book = await reader.read(project, filter);
    const canSave = includesRole(project.role, "operator");
    return renderPage(
      c,
      deps,
      { title: "Book", section: "book" },
      <BookPage book={book} filter={filter} canSave={canSave} />,
    );
  });

  app.get("/dashboard/accounts", (c) => c.redirect("/dashboard#accounts", 301));

  app.get("/dashboard/accounts.csv", async (c) => {
    const rows = await reader.readAll(c.get("project"), parseBookFilter(c.req.query()));
    c.header("content-type", "text/csv; charset=utf-8");
    c.header("content-disposition", 'attachment; filename="accounts.csv"');
    return c.body(
      toCsv([
        [
          "account_id",
          "name",
          "tier",
          "score",
          "score_7_days_ago",
          "value_a_year",
          "plan",
          "owner",
          "last_seen_at",
        ],
        ...rows.map((row) => [
          row.accountId,
          row.name,
          row.tier,
          row.score,
          row.before,
          row.value,
          row.plan,
          row.owner,
          row.lastSeenAt.toISOString(),
        ]),
      ]),
    );
  });

  app.post("/dashboard/views", requireRole("operator"), async (c) => {
    const form = await c.req.parseBody();
    const name = String(form.name ?? "")
      .trim()
      .slice(0, 60);
    if (!name) throw new Problem("invalid-request", "A view needs a name.");
    // Parsed and written anew, so that only a filter is ever stored.
    const given = Object.fromEntries(new URLSearchParams(String(form.query ?? "")));
    const query = toBookQuery(parseBookFilter(given));
    const { id: projectId } = c.get("project");
    const actor = c.get("session").member.name;
    const at = deps.clock();
    await sql.begin(async (tx) => {
      await upsertSavedView(tx, {
        projectId,
        id: v7(),
        name,
        query,
        createdBy: actor,
        at: new Date(at).toISOString(),
      });
      await recordAudit(tx, { projectId, actor, action: "view.saved", target: name, at });
    });
    return c.redirect(`/dashboard${query}#accounts`, 303);
  });

  app.post("/dashboard/views/:id/remove", requireRole("operator"), async (c) => {
    const { id: projectId } = c.get("project");
    const id = c.req.param("id");
    await sql.begin(async (tx) => {
      await deleteSavedView(tx, projectId, id);
      const actor = c.get("session").member.name;
      await recordAudit(tx, {
        projectId,
        actor,
        action: "view.removed",
        target: id,
        at: deps.clock(),
      });
    });
    return c.redirect("/dashboard#accounts", 303);
  });
  return app;
}
