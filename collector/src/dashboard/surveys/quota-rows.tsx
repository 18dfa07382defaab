import type { FC } from "hono/jsx";
import { FieldNotes } from "../ui/field.tsx";
import { RowInput, withSpare } from "./field-rows.tsx";
import { MOST_QUOTAS, type QuotaDraft } from "./quota-draft.ts";

interface QuotaRowsProps {
  rows: readonly QuotaDraft[];
  segments: { key: string; name: string }[];
}

/** How many answers of a segment are enough. */
export const QuotaRows: FC<QuotaRowsProps> = ({ rows, segments }) => (
  <fieldset class="rows-of-fields">
    <legend>Enough answers of a segment</legend>
    {withSpare(rows, { none: { segment: "", answers: "" }, most: MOST_QUOTAS }).map(
      ({ segment, answers }, at) => {
        const [id, answersId] = [`quota-${at + 1}-segment`, `quota-${at + 1}-answers`];
        return (
          <div class="field-row">
            <RowInput
              id={id}
              label={`Segment ${at + 1}`}
              value={segment}
              maxlength={100}
              list="known-segments"
              placeholder="plan:pro"
            />
            <RowInput
              id={answersId}
              label={`Answers of segment ${at + 1}`}
              type="number"
              min={1}
              max={10_000_000}
              value={answers}
              placeholder="50"
            />
            <FieldNotes id={id} />
            <FieldNotes id={answersId} />
          </div>
        );
      },
    )}
    <datalist id="known-segments">
      {segments.map(({ key, name }) => (
        <option value={key}>{name}</option>
      ))}
    </datalist>
  </fieldset>
);
