import type { Evaluation, SegmentFairness } from "@telltale/scoring";
import type { FC } from "hono/jsx";
import { toFigureText } from "../../models/report/figure-words.ts";
import { toSigned } from "../format.ts";
import { Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";

const nameOf = (segment: string): string => segment.replace(":", ": ");

/** How well the score does for each segment. */
export const SegmentsPanel: FC<{ segments: Evaluation["segments"] }> = ({ segments }) => (
  <Panel title="By segment" note="recall and false alarms">
    {Object.keys(segments).length === 0 ? (
      <p class="soft">No account with an outcome is in a segment.</p>
    ) : (
      <Table
        label="Figures by segment"
        rows={Object.entries(segments)}
        columns={[
          { head: "Segment", cell: ([segment]) => nameOf(segment) },
          { head: "n", kind: "number", cell: ([, { n }]) => n },
          {
            head: "Recall",
            cell: ([, { figures }]) => toFigureText(figures.predictionAccuracy, "share"),
          },
          {
            head: "False alarms",
            cell: ([, { figures }]) => toFigureText(figures.falsePositiveRate, "share"),
          },
        ]}
      />
    )}
  </Panel>
);

/** Whether the score does a segment an injustice. */
export const FairnessPanel: FC<{ fairness: SegmentFairness[] }> = ({ fairness }) => (
  <Panel title="Fairness" note="each segment against all others">
    {fairness.length === 0 ? (
      <p class="soft">No segment has ten outcomes yet.</p>
    ) : (
      <Table
        label="Fairness"
        rows={fairness}
        columns={[
          { head: "Segment", cell: ({ segment }) => nameOf(segment) },
          {
            head: "Recall gap",
            cell: ({ recall }) => (
              <>
                {recall.gap === null ? "too few outcomes" : `${toSigned(recall.gap * 100)} points`}
                {recall.isNotable && <strong> notable</strong>}
              </>
            ),
          },
          {
            head: "Mean score gap",
            cell: ({ meanScore }) => (
              <>
                {meanScore.gap === null ? "–" : `${toSigned(meanScore.gap)} points`}
                {meanScore.isNotable && <strong> notable</strong>}
              </>
            ),
          },
        ]}
      />
    )}
  </Panel>
);
