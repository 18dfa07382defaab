import type { FC } from "hono/jsx";
import type { AlertRow } from "../alerts/queries.ts";
import { Icon, type IconName } from "./icon.tsx";

const LEVELS: Record<AlertRow["level"], { word: string; icon: IconName; look: string }> = {
  monitor: { word: "Monitor", icon: "info", look: "unknown" },
  outreach: { word: "Outreach", icon: "warn", look: "at_risk" },
  intervene: { word: "Intervene", icon: "stop", look: "critical" },
};

/** How much an alert asks of a person. */
export const LevelBadge: FC<{ level: AlertRow["level"] }> = ({ level }) => (
  <span class={`tier tier-${LEVELS[level].look}`}>
    <Icon name={LEVELS[level].icon} />
    {LEVELS[level].word}
  </span>
);

export const STATUS_WORDS: Record<AlertRow["status"], string> = {
  open: "Open",
  acknowledged: "Acknowledged",
  snoozed: "Snoozed",
  resolved: "Resolved",
};

/** A summary without the account's name, where the name stands above it. */
export function toShortSummary({ summary, accountName, accountId }: AlertRow): string {
  const name = [accountName, accountId].find((one) => one && summary.includes(`${one}: `));
  const said = say(name ? summary.replace(`${name}: `, "") : summary);
  const short = said.charAt(0).toUpperCase() + said.slice(1);
  return /[.!?…]$/.test(short) ? short : `${short}.`;
}

const say = (text: string): string =>
  text
    // As alerts of older versions have it.
    .replaceAll("at_risk", "at risk")
    .replace(
      /\b(at risk|healthy|critical|unknown) → (at risk|healthy|critical|unknown)\b/,
      "From $1 to $2",
    )
    .replace(/\b(From [a-z ]+) \((\d+)\)/, "$1 (score $2)");

/** Whom an alert is about; a cluster alert is about many. */
export const toAlertTitle = ({ accountId, accountName }: AlertRow): string =>
  accountId === "" ? "Several accounts" : (accountName ?? accountId);
