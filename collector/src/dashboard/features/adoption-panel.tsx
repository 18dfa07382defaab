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
  <Panel title="Adoption" note="share of all accounts; 180 days">
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
        { head: "Explored", cell: (row) => <Share count={row.explored} of={accounts} /> },
        {
          head: "Adopted, 3 days of 28",
          cell: (row) => <Share count={row.adopted} of={accounts} />,
        },
        {
          head: "Habit, 8 days of 28",
          cell: (row) => <Share count={row.habitual} of={accounts} />,
        },
        { head: "Gave up", kind: "number", cell: (row) => toWhole(row.left) },
      ]}
    />
  </Panel>
);
