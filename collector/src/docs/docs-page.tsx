import { raw } from "hono/html";
import type { FC, PropsWithChildren } from "hono/jsx";
import { Brand } from "../dashboard/frame.tsx";
import type { OpenApiDocument, OpenApiOperation } from "./openapi-document.ts";

/** In the colours of the dashboard; a page of its own, so that it needs no other file. */
const STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1b1a18,#ecebe8);--soft:light-dark(#5d5952,#a9a7a1);--paper:light-dark(#faf9f7,#121417);
--line:light-dark(#e7e3dc,#292d33);--surface:light-dark(#fff,#191c20);--sunken:light-dark(#f3f1ed,#15181b);--accent:light-dark(#14597d,#83c5ea)}
*{box-sizing:border-box}body{margin:0;font:.875rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:var(--ink);background:var(--paper);overflow-wrap:break-word}
main{max-width:60rem;margin:0 auto;padding:2.25rem clamp(1rem,3vw,2.5rem) 5rem}
.brand{display:inline-flex;gap:.5rem;align-items:center;margin-bottom:1.5rem;color:var(--ink);font-weight:680;font-size:1rem;letter-spacing:-.015em;text-decoration:none}
.brand svg{width:1.5rem;height:1.5rem}.brand path{fill:none;stroke:var(--accent);stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}
h1{font-size:1.625rem;line-height:1.2;font-weight:650;letter-spacing:-.018em;margin:0 0 .5rem}
h2{margin:2.25rem 0 .5rem;font-size:1rem;font-weight:620}p{margin:.25rem 0 .75rem}a{color:var(--accent);text-underline-offset:.18em}.soft{color:var(--soft)}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:.3rem}
details{border:1px solid var(--line);border-radius:.6rem;margin:.4rem 0;background:var(--surface)}
summary{cursor:pointer;padding:.55rem 1rem;display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:baseline}
code,pre{font:.8125rem/1.55 ui-monospace,"SF Mono",Menlo,Consolas,monospace}summary code{font-weight:600;overflow-wrap:anywhere}
.verb{min-width:3.6rem;color:var(--accent);font-weight:700}.body{padding:0 1rem 1rem}
pre{background:var(--sunken);border:1px solid var(--line);padding:.75rem 1rem;border-radius:.3rem;overflow:auto;max-height:28rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:baseline;padding:.5rem .9rem .5rem 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
thead th{color:var(--soft);font-size:.8125rem;font-weight:540}
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
      <main>
        <Brand href="/docs" />
        {children}
      </main>
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
