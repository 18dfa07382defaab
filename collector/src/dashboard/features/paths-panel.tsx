import type { FC } from "hono/jsx";
import { toCount, toTenth, toWhole } from "../format.ts";
import type { FeatureStep } from "../summaries/path-queries.ts";
import { Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";

/** Which feature accounts take up after which. */
export const PathsPanel: FC<{ steps: FeatureStep[] }> = ({ steps }) => (
  <Panel title="Paths" note="what accounts take up next, by the first day of each feature">
    {steps.length === 0 ? (
      <p class="soft">
        Shows with the first three accounts that began within 180 days and took the same step.
      </p>
    ) : (
      <Table
        label="From feature to feature"
        rows={steps}
        columns={[
          { head: "After", cell: ({ from }) => from },
          { head: "they take up", cell: ({ to }) => <strong>{to}</strong> },
          { head: "Accounts", kind: "number", cell: ({ accounts }) => toWhole(accounts) },
          {
            head: "Median",
            kind: "number",
            cell: ({ days }) => (days === 1 ? toCount(1, "day") : `${toTenth(days)} days`),
          },
        ]}
      />
    )}
  </Panel>
);
