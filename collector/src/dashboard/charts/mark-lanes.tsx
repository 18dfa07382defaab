import type { FC } from "hono/jsx";
import type { HistoryMark, MarkKind } from "../account/mark-queries.ts";
import { toShortDay } from "../format.ts";

const LANE = 18;

/** Each kind has a shape of its own, drawn around its middle, so that colour is not needed. */
const SHAPES: Record<MarkKind, { word: string; path: string }> = {
  model: { word: "Model", path: "M0-6L6 0L0 6L-6 0Z" },
  release: { word: "Release", path: "M0-6L6 5H-6Z" },
  prompt: { word: "Prompt", path: "M5 0A5 5 0 1 1-5 0A5 5 0 1 1 5 0Z" },
  alert: { word: "Alert", path: "M-5-5H5V5H-5Z" },
  playbook: { word: "Playbook", path: "M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z" },
  spike: { word: "Burst of use", path: "M-6 5L-2 1L0-6L2 1L6 5" },
  outcome: { word: "Outcome", path: "M0-6L5-3V3L0 6L-5 3V-3Z" },
  milestone: { word: "Milestone", path: "M-5-6V6M-5-6H5L2-2.500L5 1H-5" },
};

const ORDER: readonly MarkKind[] = [
  "outcome",
  "alert",
  "playbook",
  "prompt",
  "milestone",
  "spike",
  "release",
  "model",
];

const kindsOf = (marks: readonly HistoryMark[]): MarkKind[] =>
  ORDER.filter((kind) => marks.some((mark) => mark.kind === kind));

/** Marks under a chart, a lane a kind. */
export const MarkLanes: FC<{
  marks: readonly HistoryMark[];
  /** Place of a day, 0–1 from the left. */
  shareOf: (day: string) => number;
}> = ({ marks, shareOf }) => {
  const kinds = kindsOf(marks);
  return (
    <svg class="lanes" width="100%" height={kinds.length * LANE} aria-hidden="true">
      {kinds.map((kind, lane) => (
        <>
          {marks
            .filter((mark) => mark.kind === kind)
            .map(({ day, text }) => (
              <svg
                x={`${(shareOf(day) * 100).toFixed(2)}%`}
                y={lane * LANE + LANE / 2}
                overflow="visible"
              >
                <title>{`${toShortDay(day)}: ${text}`}</title>
                <path class={`mark-${kind}`} d={SHAPES[kind].path} />
              </svg>
            ))}
        </>
      ))}
    </svg>
  );
};

/** What the shapes mean, in the order of the lanes. */
export const MarkLegend: FC<{ marks: readonly HistoryMark[] }> = ({ marks }) => (
  <ul class="legend">
    {kindsOf(marks).map((kind) => (
      <li>
        <svg class="mark-key" viewBox="-8 -8 16 16" aria-hidden="true">
          <path class={`mark-${kind}`} d={SHAPES[kind].path} />
        </svg>
        {SHAPES[kind].word} ({marks.filter((mark) => mark.kind === kind).length})
      </li>
    ))}
  </ul>
);

/** The same as words, newest first. */
export const MarkList: FC<{ marks: readonly HistoryMark[] }> = ({ marks }) => (
  <ul class="list small">
    {marks.map(({ day, kind, text }) => (
      <li class="mark-item">
        <span class="soft">{toShortDay(day)}</span>
        <strong>{SHAPES[kind].word}</strong>
        <span>{text}</span>
      </li>
    ))}
  </ul>
);
