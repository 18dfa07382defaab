import { Hono } from "hono";
import { validate as isUuid } from "uuid";
import { Problem } from "../../problem.ts";
import { type ReplayedMany, replayMany } from "../../quarantine/replay-many.ts";
import { includesRole } from "../../sign-in/role.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { Faulty, type FieldFault } from "../ui/field.tsx";
import { readRejected } from "./read-data.ts";
import { RejectedPage } from "./rejected-page.tsx";

const PATH = "/dashboard/data/rejected";

interface Shown {
  code: string;
  /** Id to go on from; null on the first page. */
  before?: string | null;
  replayed?: ReplayedMany;
  faults?: FieldFault[];
}

/** Messages that could not be stored, and another try. */
export function rejectedPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql } = deps.database;

  async function show(
    c: DashboardContext,
    { code, before = null, replayed, faults = [] }: Shown,
  ): Promise<Response> {
    const project = c.get("project");
    const view = await readRejected(sql, project.id, { code, before, now: deps.clock() });
    return renderPage(
      c,
      deps,
      { title: "Rejected", section: "data", status: faults.length > 0 ? 400 : 200 },
      <Faulty faults={faults}>
        <RejectedPage
          {...view}
          canReplay={includesRole(project.role, "operator")}
          replayed={replayed ?? null}
        />
      </Faulty>,
    );
  }

  app.get(PATH, (c) => {
    const before = c.req.query("before") ?? null;
    if (before !== null && !isUuid(before)) {
      throw new Problem("invalid-request", "The address has a value that does not exist: before.");
    }
    return show(c, { code: (c.req.query("code") ?? "").slice(0, 100), before });
  });

  app.post(`${PATH}/replay`, requireRole("operator"), async (c) => {
    const { id: projectId } = c.get("project");
    const field = await readForm(c);
    const code = field("code").slice(0, 100);
    const one = field("one");
    const chosen = one === "" ? field.all("ids") : [one];
    if (!chosen.every((id) => isUuid(id))) {
      throw new Problem("not-found", "There is no such message in this project.");
    }
    const isAll = one === "" && field("what") === "all";
    if (!isAll && chosen.length === 0) {
      const message = "Choose at least one message that waits, or replay all of them.";
      return show(c, { code, faults: [{ field: "", message }] });
    }
    const after = isUuid(field("after")) ? field("after") : null;
    const wish = isAll ? { code: code || null, after } : { ids: chosen };
    const replayed = await replayMany(deps, projectId, wish);
    const { tried, stored, duplicates } = replayed;
    await auditAction(c, deps, {
      action: "rejected_message.replayed",
      target: isAll ? code || "all" : chosen.join(", "),
      at: deps.clock(),
      after: { tried, stored, duplicates },
    });
    return show(c, { code, replayed });
  });
  return app;
}
