import type { FC } from "hono/jsx";
import type { Disagreement } from "../../pulses/schema.ts";
import { ALERT_TABS } from "../alerts/tabs.ts";
import { toQuery, toScore } from "../format.ts";
import { Empty, PageHead, When } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { TierBadge } from "../ui/tier.tsx";
import { pulseHref } from "./pulse-panel.tsx";

/** The list of accounts that people and the score see differently. */
export const DISAGREEMENTS_PATH = "/dashboard/pulses";

interface DisagreementsProps {
  page: { data: Disagreement[]; nextCursor: string | null };
}

/** Accounts where a person and the score see another tier: each is worth a talk. */
export const DisagreementsPage: FC<DisagreementsProps> = ({ page: { data, nextCursor } }) => (
  <>
    <PageHead
      title="Disagreements"
      note="Where a person and the score see another tier: one of the two knows something that the other does not."
    />
    <Tabs label="Alerts" tabs={ALERT_TABS} current={DISAGREEMENTS_PATH} />
    <section class="panel" aria-label="Disagreements">
      {data.length === 0 ? (
        <Empty title="Nobody disagrees with the score" icon="check">
          On an account's page people can say what they think of it; where that is another tier than
          the score's, the account is listed here for 90 days.
        </Empty>
      ) : (
        <Table
          label="Disagreements"
          isList
          columns={[
            {
              head: "Account",
              cell: ({ accountId, name }) => (
                <a href={`/dashboard/accounts/${encodeURIComponent(accountId)}`}>
                  {name ?? accountId}
                </a>
              ),
            },
            { head: "Score", kind: "number", cell: ({ score }) => toScore(score) },
            { head: "The score says", cell: ({ tier }) => <TierBadge tier={tier} /> },
            { head: "People say", cell: ({ pulse }) => <TierBadge tier={pulse.tier} /> },
            {
              head: "Why",
              cell: ({ accountId, pulse }) => (
                <>
                  {pulse.note || <span class="soft">no reason given</span>}{" "}
                  <a class="small" href={pulseHref(accountId)}>
                    {pulse.author}, <When at={pulse.setAt} />
                  </a>
                </>
              ),
            },
          ]}
          rows={data}
        />
      )}
      {nextCursor && (
        <p>
          <a class="button" href={`${DISAGREEMENTS_PATH}${toQuery({ cursor: nextCursor })}`}>
            Next page
          </a>
        </p>
      )}
    </section>
  </>
);
