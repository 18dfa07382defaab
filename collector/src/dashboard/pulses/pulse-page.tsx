import type { FC } from "hono/jsx";
import type { AccountPulse } from "../../pulses/schema.ts";
import { toScore } from "../format.ts";
import { AreaField, Choice, Faulty, type FieldFault } from "../ui/field.tsx";
import { Empty, PageHead, Panel, When } from "../ui/parts.tsx";
import { TIER_WORDS, TierBadge } from "../ui/tier.tsx";
import { pulseHref } from "./pulse-panel.tsx";

/** The fields of the form, as people read them. */
export const PULSE_LABELS = { tier: "You think it is", note: "Why" } as const;

interface PulsePageProps {
  account: { id: string; name: string | null; score: number | null; tier: keyof typeof TIER_WORDS };
  opinion: AccountPulse;
  fields: (name: string) => string;
  faults: FieldFault[];
  canSay: boolean;
}

/** What people think of one account, and a form to say it. */
export const PulsePage: FC<PulsePageProps> = ({ account, opinion, fields, faults, canSay }) => (
  <>
    <p class="crumb">
      <a href={`/dashboard/accounts/${encodeURIComponent(account.id)}`}>
        {account.name ?? account.id}
      </a>
    </p>
    <PageHead
      title="What people think"
      note={
        <>
          The score says {toScore(account.score)}: <TierBadge tier={account.tier} />
          <br />
          What you say stands beside it for 90 days and never changes it.
        </>
      }
    />
    <div class="columns even">
      {canSay && (
        <Panel title="Say what you think">
          <Faulty faults={faults}>
            <form method="post" action={pulseHref(account.id)} class="stack">
              <Choice
                name="tier"
                label={PULSE_LABELS.tier}
                value={fields("tier")}
                words={{
                  "": "choose …",
                  healthy: TIER_WORDS.healthy,
                  at_risk: TIER_WORDS.at_risk,
                  critical: TIER_WORDS.critical,
                }}
              />
              <AreaField
                name="note"
                label={PULSE_LABELS.note}
                value={fields("note")}
                hint="What you know that the score does not"
                input={{ rows: 4, maxlength: 2_000 }}
              />
              <div class="row">
                <button type="submit" class="primary">
                  Save
                </button>
              </div>
            </form>
          </Faulty>
        </Panel>
      )}
      <Panel title="So far" note="newest first">
        {opinion.history.length === 0 ? (
          <Empty title="Nobody said anything yet">
            An opinion is kept with its author and day.
          </Empty>
        ) : (
          <ul class="list">
            {opinion.history.map(({ tier, author, note, setAt }) => (
              <li class="stack tight">
                <p class="row apart">
                  <TierBadge tier={tier} />
                  <span class="soft small">
                    {author}, <When at={setAt} />
                  </span>
                </p>
                {note && <p>{note}</p>}
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  </>
);
