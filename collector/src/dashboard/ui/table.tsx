import type { Child } from "hono/jsx";
import { Scroll } from "./parts.tsx";

/** One column of a {@link Table}. */
export interface Column<Row> {
  head: string;
  /** What the head means exactly, for who points at it. */
  help?: string;
  /** Numbers stand at the end of their cell, one under the other. */
  kind?: "text" | "number";
  /** Further classes, for instance `wide` for what phones leave out. */
  class?: string;
  cell: (row: Row) => Child;
}

interface TableProps<Row> {
  /** Names the table for screen readers, and the part that scrolls on narrow screens. */
  label: string;
  /** The first names the row. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** Says which rows these are. */
  caption?: string;
  /** For screen readers alone, where each cell speaks for itself. */
  isHeadHidden?: boolean;
  /** Lines that are links light up under the pointer. */
  isList?: boolean;
  /** Tells rows apart where they are looked at again and again. */
  idOf?: (row: Row) => string;
}

/** Rows of the same kind; the first column heads its row. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, caption, isHeadHidden, isList, idOf } = props;
  const classOf = (column: Column<Row>) =>
    [column.kind === "number" && "number-cell", column.class].filter(Boolean).join(" ");
  return (
    <Scroll label={label}>
      <table {...(isList && { class: "rows" })}>
        {caption && <caption>{caption}</caption>}
        <thead {...(isHeadHidden && { class: "hidden-text" })}>
          <tr>
            {columns.map((column) => (
              <th scope="col" class={classOf(column)}>
                {column.help ? <abbr title={column.help}>{column.head}</abbr> : column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr {...(idOf && { "data-id": idOf(row) })}>
              {columns.map((column, at) =>
                at === 0 ? (
                  <th scope="row" class={`row-head ${classOf(column)}`.trim()}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td class={classOf(column)}>{column.cell(row)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
