import type { FC } from "hono/jsx";
import type { Problem } from "../problem.ts";
import type { Assets } from "./assets.ts";
import { Brand, Document } from "./frame.tsx";

/** Where the words for programs would puzzle a person. */
const TITLES: { [Kind in Problem["kind"]]?: string } = { forbidden: "You may not do that" };

/** A fault, said to a person. */
export const ErrorPage: FC<{
  problem: Problem;
  requestId: string;
  assets: Assets;
  nonce: string;
}> = ({ problem, requestId, assets, nonce }) => {
  const title = TITLES[problem.kind] ?? problem.toDocument(requestId).title;
  return (
    <Document title={title} assets={assets} nonce={nonce} islands={[]}>
      <main class="lone" id="main">
        <div class="panel">
          <Brand href="/dashboard" />
          <h1>{title}</h1>
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
};
