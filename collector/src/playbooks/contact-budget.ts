import { v7 } from "uuid";
import type { SqlQueryable } from "../db/client.ts";
import {
  DEFAULT_BUDGET,
  insertContact,
  lockAccountContacts,
  readSpent,
} from "./contact-queries.ts";

/** How people of an account are reached: by a prompt in the product, or by a person. */
export type ContactChannel = "prompt" | "outreach";

/** One contact that somebody wants to make. */
export interface Contact {
  projectId: string;
  accountId: string;
  /** Empty when nobody in particular. */
  userId?: string;
  channel: ContactChannel;
  /** ISO 8601. */
  at: string;
}

/** A call takes more of people's patience than a tap. */
const COSTS: Record<ContactChannel, number> = { prompt: 1, outreach: 3 };
const DAY_MS = 86_400_000;
/** While somebody talks to an account, the product does not ask it anything. */
const QUIET_AFTER_OUTREACH_MS = 3 * DAY_MS;

/**
 * Whether an account's contact budget has room: what prompts and outreach cost within 7 days stays
 * within the project's setting `contactsPerAccountWeek` (10 unless told; 0 turns the budget off),
 * and no prompt follows within 3 days of outreach.
 */
export async function isContactAllowed(sql: SqlQueryable, contact: Contact): Promise<boolean> {
  const { spent, budget, lastOutreachAt } = await readSpent(sql, contact);
  if (budget === 0) return true;
  const sinceOutreach = Date.parse(contact.at) - (lastOutreachAt?.getTime() ?? 0);
  if (contact.channel === "prompt" && sinceOutreach < QUIET_AFTER_OUTREACH_MS) return false;
  return spent + COSTS[contact.channel] <= budget;
}

/**
 * Takes a contact from the budget, in the caller's transaction. Those of one account wait for each
 * other, so that two can't take the last place.
 *
 * @returns false when there is no room; then nothing is taken
 */
export async function spendContact(sql: SqlQueryable, contact: Contact): Promise<boolean> {
  await lockAccountContacts(sql, contact);
  if (!(await isContactAllowed(sql, contact))) return false;
  await recordContact(sql, contact);
  return true;
}

/** Notes a contact that was made, whether or not there was room. */
export async function recordContact(sql: SqlQueryable, contact: Contact): Promise<void> {
  const { userId = "", ...rest } = contact;
  await insertContact(sql, { ...rest, userId, id: v7(), cost: COSTS[contact.channel] });
}

/** Points of contact that an account may cost a week, by the project's settings; 0: no limit. */
export function weeklyBudgetOf(settings: Readonly<Record<string, unknown>>): number {
  const { contactsPerAccountWeek: given } = settings;
  return typeof given === "number" ? Math.round(given) : DEFAULT_BUDGET;
}

/** How much of an account's contact budget is used up. */
export interface ContactBudget {
  /** Points within the last 7 days; a prompt costs 1, outreach 3. */
  spent: number;
  /** Points a week; 0: no limit. */
  budget: number;
  /** Whether a person may get in touch now. */
  isOpen: boolean;
  /** When the oldest contact stops to count; null without any. */
  freeAt: Date | null;
}

/** Where an account's budget stands, for people. */
export async function readContactBudget(
  sql: SqlQueryable,
  key: { projectId: string; accountId: string; at: string },
): Promise<ContactBudget> {
  const { spent, budget, freeAt } = await readSpent(sql, key);
  return { spent, budget, isOpen: budget === 0 || spent + COSTS.outreach <= budget, freeAt };
}

/** @returns the step that tells an owner to wait, when the budget is used up; else null */
export async function findContactPause(
  sql: SqlQueryable,
  projectId: string,
  { accountId, at }: { accountId: string; at: string },
): Promise<string | null> {
  const contact: Contact = { projectId, accountId, channel: "outreach", at };
  if (await isContactAllowed(sql, contact)) return null;
  const { freeAt } = await readSpent(sql, contact);
  const until = freeAt ? ` before ${freeAt.toISOString().slice(0, 10)}` : " for now";
  return `Don't contact anybody there${until}: the account's contact budget is used up`;
}
