import type { Context } from "hono";
import type { MemberProject, Session } from "../sign-in/find-session.ts";

/** What the dashboard's middleware puts into a request's context. */
export interface DashboardEnv {
  Variables: {
    requestId: string;
    logFields: Record<string, unknown>;
    /** Of this answer's content security policy. */
    secureHeadersNonce?: string;
    /** Where the request came from; null where there is no socket. */
    address: string | null;
    session: Session;
    sessionToken: string;
    /** The project that is looked at. */
    project: MemberProject;
  };
}

export type DashboardContext = Context<DashboardEnv>;
