import type { FC } from "hono/jsx";
import type { AccountPulse } from "../../pulses/schema.ts";
import { Panel, When } from "../ui/parts.tsx";
import { TierBadge } from "../ui/tier.tsx";

/** The page on which people say what they think of an account. */
export const pulseHref = (accountId: string): string =>
  `/dashboard/accounts/${encodeURIComponent(accountId)}/pulse`;

/** What people think of an account, beside its score and never in it. */
export const PulsePanel: FC<{ pulse: AccountPulse; canSay: boolean }> = ({
  pulse: { accountId, pulse, history },
  canSay,
}) => (
  <Panel title="What people think" id="pulse" note="beside the score, never in it">
    {pulse ? (
      <>
        <p class="row">
          <TierBadge tier={pulse.tier} />
          <span class="soft small">
            {pulse.author}, <When at={pulse.setAt} />
          </span>
        </p>
        {pulse.note && <p>{pulse.note}</p>}
      </>
    ) : (
      <p class="soft">
        {history.length > 0
          ? "Nobody said anything in the last 90 days."
          : "Nobody said anything yet."}
      </p>
    )}
    <p class="row">
      {canSay && <a href={pulseHref(accountId)}>Say what you think</a>}
      {!canSay && history.length > 0 && <a href={pulseHref(accountId)}>All opinions</a>}
    </p>
  </Panel>
);
