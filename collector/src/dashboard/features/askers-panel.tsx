import type { FC } from "hono/jsx";
import type { readAskers } from "../../requests/read-requests.ts";
import { toWhole } from "../format.ts";
import { Money, Panel, When } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { TierBadge } from "../ui/tier.tsx";

/** Who asked for what a tag stands for. */
export const AskersPanel: FC<{ tag: string; askers: Awaited<ReturnType<typeof readAskers>> }> = ({
  tag,
  askers,
}) => (
  <Panel title={`Who asks for ${tag}`} note="those at risk first, the most valuable on top">
    <Table
      label={`Accounts that ask for ${tag}`}
      rows={askers}
      columns={[
        {
          head: "Account",
          cell: ({ accountId, accountName }) => (
            <a href={`/dashboard/accounts/${encodeURIComponent(accountId)}`}>
              {accountName ?? accountId}
            </a>
          ),
        },
        { head: "Tier", cell: ({ tier }) => <TierBadge tier={tier} /> },
        { head: "A year", kind: "number", cell: ({ value }) => <Money value={value} /> },
        { head: "Said it", kind: "number", cell: ({ mentions }) => toWhole(mentions) },
        { head: "Last", class: "soft", cell: ({ newestAt }) => <When at={newestAt} /> },
      ]}
    />
  </Panel>
);
