import { Hono } from "hono";
import { validate as isUuid } from "uuid";
import { Problem } from "../../problem.ts";
import { includesRole } from "../../sign-in/role.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { originOf, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { BookPage } from "./book-page.tsx";
import { parseBookFilter } from "./filter.ts";
import { readBook, readWholeBook } from "./read-book.ts";
import { removeView, saveView } from "./save-view.ts";
import { toBookCsv } from "./to-csv.ts";

/** The book: the first page, its CSV and its saved views. */
export function bookPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql } = deps.database;

  app.get("/dashboard", async (c) => {
    const filter = parseBookFilter(c.req.query());
    const project = c.get("project");
    const book = await readBook(deps, project, filter);
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
    const rows = await readWholeBook(deps, c.get("project"), parseBookFilter(c.req.query()));
    c.header("content-type", "text/csv; charset=utf-8");
    c.header("content-disposition", 'attachment; filename="accounts.csv"');
    return c.body(toBookCsv(rows, c.get("project").currency));
  });

  const deedOf = (c: DashboardContext) => ({ ...originOf(c), at: deps.clock() });

  app.post("/dashboard/views", requireRole("operator"), async (c) => {
    const field = await readForm(c);
    const view = { name: field("name"), query: field("query") };
    const query = await saveView(sql, deedOf(c), view);
    return c.redirect(`/dashboard${query}#accounts`, 303);
  });

  app.post("/dashboard/views/:id/remove", requireRole("operator"), async (c) => {
    const id = c.req.param("id");
    if (!isUuid(id)) throw new Problem("not-found", "There is no such view.");
    await removeView(sql, deedOf(c), id);
    return c.redirect("/dashboard#accounts", 303);
  });
  return app;
}
