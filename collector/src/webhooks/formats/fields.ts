import { type Format, toJsonRequest } from "./format.ts";
import { fillFields, isAboutState, toValues } from "./message-values.ts";

type Tree = { [key: string]: Tree | string | number | null };

/**
 * A JSON object of one's own: the keys of the field map are dotted paths, so that
 * `{ "company.health.score": "score" }` sends `{ "company": { "health": { "score": 62 } } }`.
 */
export const toFields: Format = ({ message, url, credentials, fieldMap }) => {
  if (!isAboutState(message)) return { reason: "nothing_to_send" };
  const filled = fillFields(fieldMap ?? {}, toValues(message));
  const body: Tree = Object.create(null);
  for (const [path, value] of Object.entries(filled)) place(body, path.split("."), value);
  return toJsonRequest("POST", url, {
    headers: credentials ? { authorization: `Bearer ${credentials.token}` } : {},
    body,
  });
};

function place(tree: Tree, path: string[], value: string | number | null): void {
  const [key = "", ...rest] = path;
  if (rest.length === 0) {
    tree[key] = value;
    return;
  }
  const known = tree[key];
  const branch: Tree = typeof known === "object" && known !== null ? known : Object.create(null);
  tree[key] = branch;
  place(branch, rest, value);
}
