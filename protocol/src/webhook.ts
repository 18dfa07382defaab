/** Webhooks out: the bodies of Standard Webhooks messages. */

import type { HealthDriver, Tier } from "./health.ts";

export type WebhookType =
  | "account.score_changed"
  | "account.tier_changed"
  | "alert.opened"
  | "alert.escalated"
  | "alert.resolved"
  | "survey.answered"
  | "milestone.reached"
  | "data.incident"
  | "ping";

/** The body of every message. It stays under 20 KB. */
export interface WebhookMessage<Data = WebhookData> {
  type: WebhookType;
  /** When it happened, ISO 8601. */
  timestamp: string;
  data: Data;
}

/** The account that a message is about. */
export interface WebhookAccount {
  id: string;
  name: string | null;
  /** Its ids in other systems, for instance `{ salesforce: "001…" }`. */
  externalIds: { [system: string]: string };
}

/** What a person should do, filled in for this account. */
export interface WebhookPlaybook {
  key: string;
  name: string;
  ownerRole: string;
  /** ISO 8601. */
  dueAt: string;
  steps: string[];
  message: string;
}

/** The data of `account.*` and `alert.*` messages. */
export interface WebhookAccountData {
  schemaVersion: 1;
  account: WebhookAccount;
  score: number | null;
  previousScore: number | null;
  tier: Tier;
  previousTier: Tier;
  confidence: number;
  coverage: number;
  drivers: HealthDriver[];
  modelVersion: string;
  /** Grows per account: a consumer keeps the largest it has seen and never goes backwards. */
  sequence: number;
  /** The account's page on the dashboard. */
  link: string;
  playbook?: WebhookPlaybook;
  alert?: {
    id: string;
    rule: string;
    level: "monitor" | "outreach" | "intervene";
    status: "open" | "acknowledged" | "snoozed" | "resolved";
    openedAt: string;
    summary: string;
  };
}

/**
 * The data of any message; the types that are not about a score have their own fields. What happened
 * in an account (`survey.answered`, `milestone.reached`) has its score, tier and sequence with them.
 */
export type WebhookData = WebhookAccountData | { schemaVersion: 1; [key: string]: unknown };
