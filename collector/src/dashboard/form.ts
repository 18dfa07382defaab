import type { AppDeps } from "../app.ts";
import { type AuditEntry, recordDone } from "../audit/record-audit.ts";
import { toStorable } from "../unstorable.ts";
import type { DashboardContext } from "./env.ts";

/** Reads the fields of a form as trimmed text that can be stored; a field that is absent is empty. */
export interface FormFields {
  /** The last of the fields with this name. */
  (name: string): string;
  /** All of them, for instance of checkboxes. */
  all(name: string): string[];
  /** Untouched, for passwords: a blank at the end belongs to one. */
  asSent(name: string): string;
}

/** The fields of a form; files are left out. */
export async function readForm(c: DashboardContext): Promise<FormFields> {
  const fields = await c.req.parseBody({ all: true });
  return toFields((name) => {
    const given = fields[name] ?? [];
    return (Array.isArray(given) ? given : [given]).filter((one) => typeof one === "string");
  });
}

/** The fields of a query, as a form that is sent with GET writes them. */
export const readQuery = (c: DashboardContext): FormFields =>
  toFields((name) => c.req.queries(name) ?? []);

/** @param valuesOf - the values of a name, in their order */
export function toFields(valuesOf: (name: string) => string[]): FormFields {
  const all = (name: string): string[] => valuesOf(name).map((value) => toStorable(value).trim());
  const asSent = (name: string): string => valuesOf(name).at(-1) ?? "";
  return Object.assign((name: string) => all(name).at(-1) ?? "", { all, asSent });
}

/** Who does something, where and from where, for the audit log. */
export const originOf = (c: DashboardContext) => ({
  projectId: c.get("project").id,
  actor: c.get("session").member.name,
  ip: c.get("address"),
});

/** Notes in the audit log what the signed-in member did. */
export async function auditAction(
  c: DashboardContext,
  deps: Pick<AppDeps, "database" | "logger">,
  entry: Pick<AuditEntry, "action" | "target" | "before" | "after" | "at">,
): Promise<void> {
  await recordDone(deps, { ...entry, ...originOf(c) });
}
