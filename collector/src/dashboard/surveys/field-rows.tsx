/**
 * What the rows of fields in the forms of surveys share.
 *
 * @module
 */

import type { FC, JSX } from "hono/jsx";
import { useDescription } from "../ui/field.tsx";

/** Rows and two to fill in; the form shows more once these are used. */
export function withSpare<Row>(rows: readonly Row[], { none, most }: { none: Row; most: number }) {
  return [...rows, none, none].slice(0, Math.max(rows.length, most));
}

interface RowInputProps extends JSX.HTMLAttributes {
  /** Of the element and of what the form sends; `FieldNotes` of the row tell its faults. */
  id: string;
  label: string;
}

/** A field of a row, whose visible name stands above the row or nowhere. */
export const RowInput: FC<RowInputProps> = ({ id, label, ...rest }) => (
  <input id={id} name={id} aria-label={label} {...rest} {...useDescription(id)} />
);
