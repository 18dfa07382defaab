import type { FC } from "hono/jsx";
import { PROBLEM_KINDS } from "../problem.ts";
import { DocsFrame } from "./docs-page.tsx";

/** What each problem type means; the `type` of a problem document leads here. */
export const ProblemsPage: FC = () => (
  <DocsFrame title="Telltale problems">
    <h1>Problems</h1>
    <p>
      A request that can't be served is answered with <code>application/problem+json</code>. The{" "}
      <code>type</code> is one of these; <code>detail</code> says what is wrong this time, and{" "}
      <code>errors</code> points at the faulty fields. <a href="/docs">Back to the API</a>
    </p>
    <table>
      <thead>
        <tr>
          <th scope="col">Type</th>
          <th scope="col">Status</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {PROBLEM_KINDS.map(({ kind, status, title }) => (
          <tr id={kind}>
            <td>
              <code>{kind}</code>
            </td>
            <td>{status}</td>
            <td>{title}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </DocsFrame>
);
