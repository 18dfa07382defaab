import type { FC } from "hono/jsx";
import { ShareBar } from "../charts/share-bar.tsx";
import { toPercent, toWhole } from "../format.ts";
import type { FeatureRow } from "../summaries/adoption-queries.ts";
import { Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";

const Share: FC<{ count: number; of: number }> = ({ count, of }) => (
  <>
    {toWhole(count)} <span class="soft small">{toPercent(of > 0 ? count / of : 0)}</span>
    <ShareBar share={of > 0 ? count / of : 0} />
  </>
);

/** How far accounts came with each feature. */
export const AdoptionPanel: FC<{ features: FeatureRow[]; accounts: number }> = ({
  features,
  accounts,
}) => (
  <Panel title="Adoption" note="accounts within 180 days, and their share of all">
    <Table
      label="Adoption by feature"
      rows={features}
      columns={[
        {
          head: "Feature",
          cell: ({ feature }) => (
            <a href={`/dashboard?feature=${encodeURIComponent(feature)}#accounts`}>{feature}</a>
          ),
        },
        {
          head: "Explored",
          help: "Used it at least once in 180 days",
          class: "wide",
          cell: (row) => <Share count={row.explored} of={accounts} />,
        },
        {
          head: "Adopted",
          help: "Used it on 3 days or more of the last 28",
          cell: (row) => <Share count={row.adopted} of={accounts} />,
        },
        {
          head: "Habit",
          help: "Used it on 8 days or more of the last 28",
          cell: (row) => <Share count={row.habitual} of={accounts} />,
        },
        {
          head: "Gave up",
          help: "Used it before, and not in the last 28 days",
          kind: "number",
          cell: (row) => toWhole(row.left),
        },
      ]}
    />
  </Panel>
);
