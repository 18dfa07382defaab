import type { FC } from "hono/jsx";

/** The same figures as a chart, as a table: for screen readers, for copying, for the exact number. */
export const Twin: FC<{ caption: string; head: string[]; rows: (string | number)[][] }> = ({
  caption,
  head,
  rows,
}) => (
  <details class="twin">
    <summary>As a table</summary>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map((word, at) => (
            <th scope="col" class={at > 0 ? "number-cell" : ""}>
              {word}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([first, ...rest]) => (
          <tr>
            <th scope="row">{first}</th>
            {rest.map((value) => (
              <td class="number-cell">{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </details>
);
