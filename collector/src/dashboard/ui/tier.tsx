import type { Tier } from "@telltale/protocol";
import type { FC } from "hono/jsx";
import { Icon, type IconName } from "./icon.tsx";

/** Tiers from best to worst, as they are listed everywhere. */
export const TIERS: readonly Tier[] = ["healthy", "at_risk", "critical", "unknown"];

export const TIER_WORDS: Record<Tier, string> = {
  healthy: "Healthy",
  at_risk: "At risk",
  critical: "Critical",
  unknown: "Not enough data",
};

const TIER_ICONS: Record<Tier, IconName> = {
  healthy: "check",
  at_risk: "warn",
  critical: "stop",
  unknown: "question",
};

/** A tier told three times: by shape, by word, by colour. */
export const TierBadge: FC<{ tier: Tier }> = ({ tier }) => (
  <span class={`tier tier-${tier}`}>
    <Icon name={TIER_ICONS[tier]} />
    {TIER_WORDS[tier]}
  </span>
);
