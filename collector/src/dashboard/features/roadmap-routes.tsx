import { Hono } from "hono";
import { Problem } from "../../problem.ts";
import { readAskers, readRequests, readRoadmap } from "../../requests/read-requests.ts";
import { recordRequest } from "../../requests/record-request.ts";
import { newRequest } from "../../requests/schema.ts";
import { tagsSchema } from "../../requests/tag.ts";
import { tagRequest } from "../../requests/tag-request.ts";
import { includesRole } from "../../sign-in/role.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { issuesOf, sayFault, toNamedFaults } from "../field-faults.ts";
import { auditAction, type FormFields, readForm, readQuery, toFields } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import { requireRole } from "../require-session.ts";
import { Faulty, type FieldFault } from "../ui/field.tsx";
import {
  parseRequest,
  REQUEST_LABELS,
  type RequestDraft,
  RequestPage,
  toRequestInput,
  toTags,
} from "./request-page.tsx";
import { type RoadmapFilter, RoadmapPage } from "./roadmap-page.tsx";

const PAGE_ROWS = 25;
const ROADMAP = "/dashboard/features/roadmap";

/** What accounts ask for, weighed by what may be lost, and more of it written down. */
export function roadmapPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { sql } = deps.database;

  async function show(
    c: DashboardContext,
    query: FormFields,
    refused: { id: string; tags: string; faults: FieldFault[] } | null = null,
  ): Promise<Response> {
    const { id: projectId, role } = c.get("project");
    const filter: RoadmapFilter = {
      tag: query("tag").slice(0, 40),
      whose: query("whose") === "all" ? "all" : "at_risk",
      cursor: query("cursor").slice(0, 500),
    };
    const now = deps.clock();
    const [roadmap, requests, askers] = await Promise.all([
      readRoadmap(sql, projectId, now),
      readRequests(sql, {
        projectId,
        tag: filter.tag,
        tier: filter.whose === "at_risk" ? "at_risk" : undefined,
        cursor: filter.cursor || undefined,
        limit: PAGE_ROWS,
        now,
      }),
      readAskers(sql, { projectId, tag: filter.tag, now }),
    ]);
    const canTag = includesRole(role, "operator");
    const typed = refused && { id: refused.id, tags: refused.tags };
    return renderPage(
      c,
      deps,
      { title: "What accounts ask for", section: "features", status: refused ? 400 : 200 },
      <Faulty faults={refused?.faults ?? []}>
        <RoadmapPage view={{ roadmap, requests, askers, filter, canTag, typed }} />
      </Faulty>,
    );
  }

  app.get(ROADMAP, (c) => show(c, readQuery(c)));

  app.post(`${ROADMAP}/tags`, requireRole("operator"), async (c) => {
    const field = await readForm(c);
    const id = field("id");
    const back = field("back").startsWith(ROADMAP) ? field("back") : ROADMAP;
    const tags = tagsSchema.safeParse(toTags(field("tags")));
    if (!tags.success) {
      const faults = issuesOf(tags.error).map(({ message }) => ({
        field: `tags-${id}`,
        message: sayFault("A tag", message),
      }));
      const query = new URLSearchParams(back.split("?")[1] ?? "");
      const filter = toFields((name) => query.getAll(name));
      return show(c, filter, { id, tags: field("tags"), faults });
    }
    await tagRequest(sql, { projectId: c.get("project").id, id, tags: tags.data });
    await auditAction(c, deps, {
      action: "request.tagged",
      target: id,
      at: deps.clock(),
      after: { tags: tags.data },
    });
    return c.redirect(back, 303);
  });

  async function showForm(
    c: DashboardContext,
    draft: RequestDraft,
    faults: FieldFault[] = [],
  ): Promise<Response> {
    const { data } = await readRoadmap(sql, c.get("project").id, deps.clock());
    return renderPage(
      c,
      deps,
      {
        title: "Record a request",
        section: "features",
        status: faults.length > 0 ? 400 : 200,
      },
      <RequestPage draft={draft} tags={data.map(({ tag }) => tag)} faults={faults} />,
    );
  }

  app.get(`${ROADMAP}/requests`, requireRole("operator"), (c) =>
    showForm(c, parseRequest(readQuery(c))),
  );

  app.post(`${ROADMAP}/requests`, requireRole("operator"), async (c) => {
    const field = await readForm(c);
    const draft = parseRequest(field);
    const parsed = newRequest.safeParse(toRequestInput(draft));
    if (!parsed.success) {
      return showForm(c, draft, toNamedFaults(parsed.error, REQUEST_LABELS));
    }
    const now = deps.clock();
    if (parsed.data.requestedAt !== undefined && Date.parse(parsed.data.requestedAt) > now) {
      const message = "The day is still to come.";
      return showForm(c, draft, [{ field: "requestedAt", message }]);
    }
    try {
      const wish = { request: parsed.data, now };
      const target = await recordRequest(sql, c.get("project").id, wish);
      // What people said stays out of the log.
      const after = { tags: parsed.data.tags };
      await auditAction(c, deps, { action: "request.created", target, at: now, after });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return showForm(c, draft, toNamedFaults(error, REQUEST_LABELS));
    }
    const isMore = field("then") === "another";
    return c.redirect(`${ROADMAP}${isMore ? "/requests?" : "?whose=all&"}said=saved`, 303);
  });
  return app;
}
