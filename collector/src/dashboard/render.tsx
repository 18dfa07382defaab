import type { Child } from "hono/jsx";
import type { AppDeps } from "../app.ts";
import type { Assets } from "./assets.ts";
import type { DashboardContext } from "./env.ts";
import { Document, Frame, type Section } from "./frame.tsx";
import { countOpenAlerts } from "./frame-queries.ts";
import { Result } from "./ui/notice.tsx";
import { CurrencyContext, MomentContext } from "./ui/parts.tsx";

/** What a set of dashboard pages works with. */
export interface PageDeps extends AppDeps {
  assets: Assets;
}

/** What a page says of itself. */
export interface PageMeta {
  /** Of the browser's tab. */
  title: string;
  section: Section | null;
  /** Scripts that the page gets better with, by name. */
  islands?: readonly string[];
  status?: 200 | 400 | 403 | 404 | 409 | 500 | 503;
}

/** What a redirect after a form said, by its code in `?said=`. */
const SAID: ReadonlyMap<string, string> = new Map([
  ["saved", "Saved."],
  ["acknowledged", "Acknowledged. The alert is yours."],
  ["snoozed", "Snoozed. It comes back when the time is over."],
  ["resolved", "Resolved."],
  ["assigned", "Assigned."],
  ["created", "Created."],
  ["removed", "Removed."],
  ["revoked", "Revoked; it stops to work within ten seconds."],
  ["replayed", "Replayed."],
  ["queued", "Queued; it is sent within seconds."],
  ["published", "Published. Accounts are scored anew in the background."],
]);

/** Answers with a page in the dashboard's frame. */
export async function renderPage(
  c: DashboardContext,
  deps: PageDeps,
  meta: PageMeta,
  content: Child,
): Promise<Response> {
  const project = c.get("project");
  const openAlerts = await countOpenAlerts(deps.database.sql, project.id);
  const said = SAID.get(c.req.query("said") ?? "");
  const moment = { now: deps.clock(), timeZone: project.timeZone };
  return c.html(
    <Document
      title={meta.title}
      assets={deps.assets}
      nonce={c.get("secureHeadersNonce") ?? ""}
      islands={["frame", ...(meta.islands ?? [])]}
    >
      <Frame
        section={meta.section}
        session={c.get("session")}
        project={project}
        openAlerts={openAlerts}
      >
        <CurrencyContext.Provider value={project.currency}>
          <MomentContext.Provider value={moment}>
            {said && <Result kind="good">{said}</Result>}
            {content}
          </MomentContext.Provider>
        </CurrencyContext.Provider>
      </Frame>
    </Document>,
    meta.status ?? 200,
  );
}
