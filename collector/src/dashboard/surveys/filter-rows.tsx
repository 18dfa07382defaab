import type { FC } from "hono/jsx";
import { FieldNotes } from "../ui/field.tsx";
import { RowInput, withSpare } from "./field-rows.tsx";
import { type FilterDraft, MOST_FILTERS, OPERATOR_WORDS } from "./filter-draft.ts";

const NONE: FilterDraft = { property: "", operator: "equals", value: "" };

interface FilterRowsProps {
  /** Of the fields, such as `user`. */
  name: string;
  legend: string;
  /** What is tested, for instance "Trait of the user". */
  subject: string;
  rows: readonly FilterDraft[];
}

/** Tests of properties, all of which must pass. */
export const FilterRows: FC<FilterRowsProps> = ({ name, legend, subject, rows }) => (
  <fieldset class="rows-of-fields">
    <legend>{legend}</legend>
    {withSpare(rows, { none: NONE, most: MOST_FILTERS }).map((row, at) => (
      <FilterRow name={`${name}-${at + 1}`} subject={`${subject} ${at + 1}`} row={row} />
    ))}
  </fieldset>
);

const FilterRow: FC<{ name: string; subject: string; row: FilterDraft }> = ({
  name,
  subject,
  row: { property, operator, value },
}) => (
  <div class="field-row">
    <RowInput
      id={`${name}-property`}
      label={subject}
      value={property}
      maxlength={200}
      placeholder="plan"
    />
    <select name={`${name}-operator`} aria-label={`${subject}, how`}>
      {Object.entries(OPERATOR_WORDS).map(([key, word]) => (
        <option value={key} selected={key === operator}>
          {word}
        </option>
      ))}
    </select>
    <input
      name={`${name}-value`}
      value={value}
      maxlength={4000}
      placeholder="pro"
      aria-label={`${subject}, against what`}
    />
    <FieldNotes id={`${name}-property`} />
  </div>
);
