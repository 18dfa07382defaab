import type { Database } from "../src/db/client.ts";
import { createSignInLink } from "../src/sign-in/create-sign-in-link.ts";
import { inviteMember } from "../src/sign-in/members.ts";
import type { Role } from "../src/sign-in/role.ts";
import type { TestCollector } from "./collector.ts";

export const ORIGIN = "http://telltale.test";

export interface VisitOptions {
  cookie?: string;
  /** Makes it a POST. */
  form?: Record<string, string>;
  headers?: Record<string, string>;
}

/** Asks the dashboard as a browser would, without following redirects. */
export function visit(
  collector: Pick<TestCollector, "app">,
  path: string,
  init: VisitOptions = {},
): Promise<Response> {
  const { cookie, form, headers } = init;
  return Promise.resolve(
    collector.app.request(`${ORIGIN}${path}`, {
      method: form ? "POST" : "GET",
      headers: {
        ...(cookie && { cookie }),
        ...(form && { "content-type": "application/x-www-form-urlencoded", origin: ORIGIN }),
        ...headers,
      },
      ...(form && { body: new URLSearchParams(form).toString() }),
    }),
  );
}

/** The session that an answer starts, as the next request sends it. */
export const cookieOf = (response: Response): string =>
  (response.headers.get("set-cookie") ?? "").split(";", 1)[0] ?? "";

/** Signs a new member in. */
export async function joinProject(
  collector: TestCollector,
  database: Database,
  role: Role,
): Promise<string> {
  const deps = { db: database.db, clock: collector.clock, publicUrl: ORIGIN };
  const { projectId } = collector;
  const link = new URL(await inviteMember(deps, { projectId, role, note: role }));
  const token = link.searchParams.get("token") ?? "";
  const form = { token, name: `A ${role}` };
  return cookieOf(await visit(collector, "/dashboard/sign-in", { form }));
}

/** Signs the owner in. */
export async function signOwnerIn(
  collector: Pick<TestCollector, "app" | "clock">,
  database: Database,
): Promise<string> {
  const link = new URL(await createSignInLink(database.db, collector.clock, ORIGIN));
  return cookieOf(await visit(collector, link.pathname + link.search));
}
