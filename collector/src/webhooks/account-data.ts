import type { AccountHealth, Tier, WebhookAccount, WebhookAccountData } from "@telltale/protocol";

/** A score that was written, with what it replaces. */
export interface ScoreChange {
  projectId: string;
  account: WebhookAccount;
  /** Null for the first score of an account. */
  previous: { score: number | null; tier: Tier } | null;
  current: AccountHealth;
  /** The account's page on the dashboard. */
  link: string;
  /** When it was written, ISO 8601. */
  at: string;
}

/** What every message about an account's state says. */
export function toAccountData(
  change: ScoreChange,
  more: Pick<WebhookAccountData, "playbook" | "alert"> = {},
): WebhookAccountData {
  const { current, previous } = change;
  return {
    schemaVersion: 1,
    account: change.account,
    score: current.score,
    previousScore: previous?.score ?? null,
    tier: current.tier,
    previousTier: previous?.tier ?? "unknown",
    confidence: current.confidence,
    coverage: current.coverage,
    drivers: current.drivers,
    modelVersion: current.modelVersion,
    sequence: current.sequence,
    link: change.link,
    ...more,
  };
}
