import { Hono } from "hono";
import { Problem } from "../../problem.ts";
import { changePassword } from "../../sign-in/change-password.ts";
import { createSignInLimits } from "../../sign-in/limit-sign-in.ts";
import { createSessionCookie } from "../../sign-in/session-cookie.ts";
import { endOtherSessions, readOwnAccount } from "../../sign-in/sessions.ts";
import type { DashboardContext, DashboardEnv } from "../env.ts";
import { auditAction, readForm } from "../form.ts";
import { type PageDeps, renderPage } from "../render.tsx";
import type { FieldFault } from "../ui/field.tsx";
import { YouPage } from "./you-page.tsx";

interface Refused {
  problem: Problem;
  /** As it was typed. */
  email: string;
}

/** One's own password and sessions; no role is needed for that. */
export function youPages(deps: PageDeps): Hono<DashboardEnv> {
  const app = new Hono<DashboardEnv>();
  const { db } = deps.database;
  const cookie = createSessionCookie(deps.publicUrl);
  const limits = createSignInLimits(() => deps.clock());
  const path = "/dashboard/people/you";

  async function show(c: DashboardContext, refused: Refused | null = null): Promise<Response> {
    const who = { memberId: c.get("session").member.id, sessionToken: c.get("sessionToken") };
    const own = await readOwnAccount(db, deps.clock, who);
    return renderPage(
      c,
      deps,
      { title: "You", section: "people", status: refused ? 400 : 200 },
      <YouPage
        own={own}
        email={refused?.email ?? own.email ?? ""}
        faults={refused ? toFaults(refused.problem) : []}
      />,
    );
  }

  app.get(path, (c) => show(c));

  app.post(`${path}/password`, async (c) => {
    const { id: memberId } = c.get("session").member;
    const field = await readForm(c);
    const word = (name: string) => field.asSent(name).slice(0, 1_000);
    const isRemoved = word("remove") === "1";
    limits.takePassword(c.get("address"), memberId);
    try {
      const change = {
        memberId,
        current: word("current"),
        email: word("email"),
        password: isRemoved ? "" : word("password"),
      };
      if (!isRemoved && change.password === "") {
        throw new Problem("invalid-request", "Choose a password.", {
          errors: [{ pointer: "/password", detail: "Choose a password." }],
        });
      }
      cookie.write(c, await changePassword(db, deps.clock, change));
    } catch (error) {
      if (error instanceof Problem) return show(c, { problem: error, email: word("email") });
      throw error;
    }
    const action = isRemoved ? "member.password_removed" : "member.password_set";
    await auditAction(c, deps, { action, target: memberId, at: deps.clock() });
    return c.redirect(`${path}?said=saved`, 303);
  });

  app.post(`${path}/sessions`, async (c) => {
    const { id: memberId } = c.get("session").member;
    await readForm(c);
    cookie.write(c, await endOtherSessions(db, deps.clock, memberId));
    await auditAction(c, deps, {
      action: "member.sessions_ended",
      target: memberId,
      at: deps.clock(),
    });
    return c.redirect(`${path}?said=saved`, 303);
  });
  return app;
}

/** What is wrong with a password, at its field. */
function toFaults({ errors, message }: Problem): FieldFault[] {
  if (errors.length === 0) return [{ field: "", message }];
  return errors.map(({ pointer, detail }) => ({ field: pointer.slice(1), message: detail }));
}
