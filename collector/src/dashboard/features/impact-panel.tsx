import type { FC } from "hono/jsx";
import { toScore, toSigned, toWhole } from "../format.ts";
import type { FeatureRow } from "../summaries/adoption-queries.ts";
import { Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";
import { type MeanDifference, toHealthDifference } from "./difference.ts";

const Difference: FC<{ difference: MeanDifference | null }> = ({ difference }) =>
  difference ? (
    <>
      {toSigned(difference.value)}{" "}
      <span class="soft small own-line">
        ({toSigned(difference.low)} to {toSigned(difference.high)})
      </span>
    </>
  ) : (
    <span class="soft small">too few</span>
  );

/** How healthy those are who adopted a feature, and the others. */
export const ImpactPanel: FC<{ features: FeatureRow[] }> = ({ features }) => {
  const rows = features
    .map((row) => ({ ...row, difference: toHealthDifference(row) }))
    .sort((a, b) => (b.difference?.value ?? -999) - (a.difference?.value ?? -999));
  return (
    <Panel title="Feature × health" note="what goes together, not what causes what">
      <Table
        label="Feature and health"
        rows={rows}
        columns={[
          { head: "Feature", cell: ({ feature }) => feature },
          {
            head: "Score differs by",
            help: "Mean score of adopters less that of the others, in points. In brackets: the 95 % interval. It takes ten of each.",
            kind: "number",
            cell: ({ difference }) => <Difference difference={difference} />,
          },
          { head: "Adopters", kind: "number", cell: (row) => toWhole(row.adopters) },
          {
            head: "Their mean score",
            kind: "number",
            class: "wide",
            cell: (row) => toScore(row.adopterMean),
          },
          { head: "Others", kind: "number", class: "wide", cell: (row) => toWhole(row.others) },
          {
            head: "Their mean score",
            kind: "number",
            class: "wide",
            cell: (row) => toScore(row.otherMean),
          },
        ]}
      />
    </Panel>
  );
};
