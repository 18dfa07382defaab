import type { WebhookPlaybook } from "@telltale/protocol";
import type { ScoreChange } from "../webhooks/account-data.ts";
import type { Playbook } from "./default-playbooks.ts";
import { renderTemplate, type TemplateValues } from "./render-template.ts";

const HOUR_MS = 3_600_000;
const NAMED_DRIVERS = 3;
const SPOKEN = { healthy: "healthy", at_risk: "at risk", critical: "critical", unknown: "unknown" };

/** What a playbook's template may name. */
export const TEMPLATE_NAMES = [
  "accountName",
  "accountId",
  "score",
  "previousScore",
  "tier",
  "previousTier",
  "drivers",
  "link",
] as const;

/** A playbook as it is sent: due from now on, its message filled for this account. */
export function fillPlaybook(playbook: Playbook, change: ScoreChange): WebhookPlaybook {
  return {
    key: playbook.key,
    name: playbook.name,
    ownerRole: playbook.ownerRole,
    dueAt: new Date(Date.parse(change.at) + playbook.dueHours * HOUR_MS).toISOString(),
    steps: playbook.steps,
    message: renderTemplate(playbook.message, toValues(change)),
  };
}

function toValues(change: ScoreChange): TemplateValues {
  const { account, current, previous } = change;
  const drivers = [...current.drivers].sort((a, b) => a.contribution - b.contribution);
  return {
    accountName: account.name ?? account.id,
    accountId: account.id,
    score: toPoints(current.score),
    previousScore: toPoints(previous?.score ?? null),
    tier: SPOKEN[current.tier],
    previousTier: SPOKEN[previous?.tier ?? "unknown"],
    drivers: drivers
      .filter((driver) => driver.contribution < 0)
      .slice(0, NAMED_DRIVERS)
      .map((driver) => driver.sentence),
    link: change.link,
  } satisfies Record<(typeof TEMPLATE_NAMES)[number], string | string[]>;
}

function toPoints(score: number | null): string {
  return score === null ? "no score" : `${Math.round(score)} of 100`;
}
