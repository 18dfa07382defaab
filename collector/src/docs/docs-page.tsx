import { raw } from "hono/html";
import type { FC, PropsWithChildren } from "hono/jsx";
import type { OpenApiDocument, OpenApiOperation } from "./openapi-document.ts";

const STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1a1d23,#e9ebef);--soft:light-dark(#5b6270,#a2a9b8);--paper:light-dark(#fff,#14161b);
--line:light-dark(#e3e6ec,#2b2f38);--panel:light-dark(#f6f7f9,#1b1e25);--accent:light-dark(#3b4fd8,#8fa0ff)}
*{box-sizing:border-box}body{margin:0;font:16px/1.6 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
main{max-width:56rem;margin:0 auto;padding:2.5rem 1.25rem 6rem}h1{font-size:2rem;line-height:1.2;margin:0 0 .5rem}
h2{margin:3rem 0 .5rem;font-size:1.25rem}a{color:var(--accent)}.soft{color:var(--soft)}
details{border:1px solid var(--line);border-radius:.6rem;margin:.6rem 0;background:var(--paper)}
summary{cursor:pointer;padding:.7rem 1rem;display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline}
summary:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.6rem}
code,pre{font:.875rem/1.5 ui-monospace,Menlo,Consolas,monospace}summary code{font-weight:600;overflow-wrap:anywhere}
.verb{min-width:3.6rem;color:var(--accent);font-weight:700}.body{padding:0 1rem 1rem}
pre{background:var(--panel);padding:.8rem;border-radius:.5rem;overflow:auto;max-height:28rem}
table{border-collapse:collapse;width:100%;font-size:.925rem}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line)}
`;

/** The frame of the documentation pages. */
export const DocsFrame: FC<PropsWithChildren<{ title: string }>> = ({ title, children }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <style>{raw(STYLE)}</style>
    </head>
    <body>
      <main>{children}</main>
    </body>
  </html>
);

const Schema: FC<{ of: unknown }> = ({ of }) => (
  <pre tabindex={0}>{JSON.stringify(of, null, 2)}</pre>
);

const Operation: FC<{ method: string; path: string; operation: OpenApiOperation }> = ({
  method,
  path,
  operation,
}) => (
  <details>
    <summary>
      <code class="verb">{method.toUpperCase()}</code>
      <code>{path}</code>
      <span class="soft">{operation.summary}</span>
    </summary>
    <div class="body">
      {operation.description && <p>{operation.description}</p>}
      {operation.parameters && operation.parameters.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Parameter</th>
              <th scope="col">In</th>
              <th scope="col">Meaning</th>
            </tr>
          </thead>
          <tbody>
            {operation.parameters.map((parameter) => (
              <tr>
                <td>
                  <code>{parameter.name}</code>
                  {parameter.required ? "" : " (optional)"}
                </td>
                <td>{parameter.in}</td>
                <td>{parameter.description ?? ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {Object.entries(operation.requestBody?.content ?? {}).map(([type, content]) => (
        <>
          <p>
            Body, <code>{type}</code>
          </p>
          <Schema of={content.schema} />
        </>
      ))}
      {Object.entries(operation.responses).map(([status, response]) => (
        <>
          <p>
            <strong>{status}</strong> {response.description}
          </p>
          {Object.values(response.content ?? {}).map((content) => (
            <Schema of={content.schema} />
          ))}
        </>
      ))}
    </div>
  </details>
);

interface Entry {
  path: string;
  method: string;
  operation: OpenApiOperation;
}

function byTag(document: OpenApiDocument): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  const add = (tag: string, entry: Entry) => groups.set(tag, [...(groups.get(tag) ?? []), entry]);
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      add(operation.tags?.[0] ?? "Other", { path, method, operation });
    }
  }
  for (const [path, methods] of Object.entries(document.webhooks ?? {})) {
    for (const [method, operation] of Object.entries(methods)) {
      add("Webhooks we send", { path, method, operation });
    }
  }
  return groups;
}

/** The OpenAPI document as a page, without a script. */
export const DocsPage: FC<{ document: OpenApiDocument }> = ({ document }) => (
  <DocsFrame title={`${document.info.title} API`}>
    <h1>{document.info.title} API</h1>
    <p>{document.info.description}</p>
    <p>
      <a href="/openapi.json">openapi.json</a> · <a href="/docs/problems">Problems</a>
    </p>
    {[...byTag(document)].map(([tag, entries]) => (
      <section>
        <h2>{tag}</h2>
        {entries.map((entry) => (
          <Operation {...entry} />
        ))}
      </section>
    ))}
    {document.components?.schemas && (
      <section>
        <h2>Schemas</h2>
        {Object.entries(document.components.schemas).map(([name, schema]) => (
          <details id={`schema-${name}`}>
            <summary>
              <code>{name}</code>
            </summary>
            <div class="body">
              <Schema of={schema} />
            </div>
          </details>
        ))}
      </section>
    )}
  </DocsFrame>
);
