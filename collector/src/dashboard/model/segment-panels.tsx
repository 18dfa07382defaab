import type { Evaluation, SegmentFairness } from "@telltale/scoring";
import type { FC } from "hono/jsx";
import { toFigureText } from "../../models/report/figure-words.ts";
import { toSigned } from "../format.ts";
import { Panel } from "../ui/parts.tsx";
import { Table } from "../ui/table.tsx";

const nameOf = (segment: string): string => segment.replace(":", ": ");

/** How well the score does for each segment. */
export const SegmentsPanel: FC<{ segments: Evaluation["segments"] }> = ({ segments }) => (
  <Panel
    title="By segment"
    note="how many of those who left it flagged, and how many alarms were false"
  >
    {Object.keys(segments).length === 0 ? (
      <p class="soft">No account with an outcome is in a segment.</p>
    ) : (
      <Table
        label="Figures by segment"
        rows={Object.entries(segments)}
        columns={[
          { head: "Segment", cell: ([segment]) => nameOf(segment) },
          { head: "Outcomes", kind: "number", cell: ([, { n }]) => n },
          {
            head: "Flagged before they left",
            help: "Recall: of the accounts that left, how many were flagged before. In brackets: the 95 % interval.",
            cell: ([, { figures }]) => toFigureText(figures.predictionAccuracy, "share"),
          },
          {
            head: "False alarms",
            help: "1 − precision: of the flagged accounts, how many stayed. In brackets: the 95 % interval.",
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
            head: "Flagged before they left",
            help: "Gap in recall: of the accounts that left, how many were flagged before, less the same of all others.",
            cell: ({ recall }) => (
              <>
                {recall.gap === null ? "too few outcomes" : `${toSigned(recall.gap * 100)} points`}
                {recall.isNotable && <strong> notable</strong>}
              </>
            ),
          },
          {
            head: "Mean score",
            help: "Mean score less that of all others.",
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
