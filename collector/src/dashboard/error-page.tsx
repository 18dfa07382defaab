import type { FC } from "hono/jsx";
import type { Problem } from "../problem.ts";
import type { Assets } from "./assets.ts";
import { Brand, Document } from "./frame.tsx";

/** A fault, said to a person. */
export const ErrorPage: FC<{
  problem: Problem;
  requestId: string;
  assets: Assets;
  nonce: string;
}> = ({ problem, requestId, assets, nonce }) => (
  <Document title={problem.toDocument(requestId).title} assets={assets} nonce={nonce} islands={[]}>
    <main class="lone" id="main">
      <div class="panel">
        <Brand href="/dashboard" />
        <h1>{problem.toDocument(requestId).title}</h1>
        <p>{problem.message}</p>
        <p class="soft small">
          Request <code>{requestId}</code>
        </p>
        <p>
          <a href="/dashboard">To the book</a>
        </p>
      </div>
    </main>
  </Document>
);
