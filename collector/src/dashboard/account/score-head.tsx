import type { AccountHealth } from "@telltale/protocol";
import type { FC } from "hono/jsx";
import { toPercent, toScore, toTenth } from "../format.ts";
import { Day, Delta, Empty } from "../ui/parts.tsx";
import { TIER_WORDS, TierBadge } from "../ui/tier.tsx";
import type { AccountView } from "./read-account.ts";

/** Where the score stands among the tiers, and how far it could be off. */
const Gauge: FC<{ health: AccountHealth; bounds: AccountView["bounds"] }> = ({
  health: { score, band },
  bounds,
}) => (
  <svg class="gauge-svg" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">
    <rect class="fill-critical" y="6" width={bounds.criticalBelow} height="2" />
    <rect
      class="fill-at_risk"
      x={bounds.criticalBelow}
      y="6"
      width={bounds.healthyFrom - bounds.criticalBelow}
      height="2"
    />
    <rect
      class="fill-healthy"
      x={bounds.healthyFrom}
      y="6"
      width={100 - bounds.healthyFrom}
      height="2"
    />
    {band && (
      <rect class="band" x={band[0]} y="4" width={Math.max(0.3, band[1] - band[0])} height="6" />
    )}
    {score !== null && (
      <rect class="needle" x={Math.max(0, score - 0.35)} width="0.7" height="14" />
    )}
  </svg>
);

/** The score with all that says how far to trust it. */
export const ScoreHead: FC<{ view: AccountView }> = ({
  view: { health, facts, bounds, unsignedShare },
}) => {
  if (!health) {
    return (
      <section class="panel" aria-label="Score">
        <Empty title="Not scored yet" icon="clock">
          The account was just seen for the first time; its score is made within seconds.
        </Empty>
      </section>
    );
  }
  const { score, tier, pendingTier, band, coverage, confidence, change, asOf } = health;
  return (
    <section class="panel" aria-label="Score">
      <div class="score-head">
        <p class="big">
          {toScore(score)}
          {score !== null && <small> of 100</small>}
        </p>
        <div class="stack tight">
          <span class="row">
            <TierBadge tier={tier} />
            {facts.tierSince && (
              <span class="soft small">
                since <Day at={facts.tierSince} />
              </span>
            )}
          </span>
          {pendingTier && pendingTier !== tier && (
            <span class="small">
              Turning <strong>{TIER_WORDS[pendingTier].toLowerCase()}</strong> if it holds
            </span>
          )}
          <span class="small row">
            <span>
              7 days <Delta points={change.days7} />
            </span>
            <span>
              30 days <Delta points={change.days30} />
            </span>
          </span>
        </div>
        <div class="gauge">
          <Gauge health={health} bounds={bounds} />
          <p class="soft small">
            {band === null
              ? "Too little is known for a number: a tier without evidence would be a guess."
              : band[1] - band[0] < 0.5
                ? "Everything the model looks at is measured."
                : `Between ${toTenth(band[0])} and ${toTenth(band[1])}, whatever the missing part turns out to be.`}
          </p>
        </div>
        <dl class="facts small">
          <dt>Coverage</dt>
          <dd>{toPercent(coverage)} of the model's weight is measured</dd>
          <dt>Confidence</dt>
          <dd>
            <span title="Coverage × freshness × sample size">{toPercent(confidence)}</span>: how
            much is measured, how lately, and from how much
          </dd>
          <dt>As of</dt>
          <dd>
            <Day at={asOf} />, model <a href="/dashboard/model">{health.modelVersion}</a>
          </dd>
          {unsignedShare !== null && (
            <>
              <dt>Unsigned</dt>
              <dd>
                {toPercent(unsignedShare)} of the messages of 28 days name the account without a
                proof of identity
              </dd>
            </>
          )}
        </dl>
      </div>
    </section>
  );
};
