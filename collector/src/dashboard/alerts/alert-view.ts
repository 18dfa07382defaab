import type { WebhookPlaybook } from "@telltale/protocol";
import type { AlertOutcome } from "../../alerts/act-on-alert.ts";
import type { AlertRow } from "./queries.ts";

/** What a person does about an alert. */
export interface AlertPlan {
  playbook: WebhookPlaybook | null;
  /** Places of the steps that are done. */
  done: ReadonlySet<number>;
  /** Milliseconds since the epoch; null without a playbook. */
  dueAt: number | null;
}

const isPlaybook = (value: unknown): value is WebhookPlaybook =>
  typeof value === "object" && value !== null && Array.isArray((value as WebhookPlaybook).steps);

/** The playbook of an alert and how far it is. */
export function toPlan(alert: Pick<AlertRow, "detail">): AlertPlan {
  const { playbook, doneSteps } = alert.detail;
  const done = Array.isArray(doneSteps) ? doneSteps.filter((step) => Number.isInteger(step)) : [];
  if (!isPlaybook(playbook)) return { playbook: null, done: new Set(), dueAt: null };
  const dueAt = Date.parse(playbook.dueAt);
  return { playbook, done: new Set(done), dueAt: Number.isNaN(dueAt) ? null : dueAt };
}

/** `cs_lead` as people write it: `CS lead`. */
export const toRoleWords = (role: string): string =>
  role.replaceAll("_", " ").replace(/\bcs\b/, "CS");

/** What became of an alert, in the words of the form. */
export const OUTCOME_WORDS: Record<AlertOutcome, string> = {
  contacted: "We talked to them",
  fixed: "The cause is fixed",
  no_action: "Nothing was needed",
  false_alarm: "False alarm",
};
