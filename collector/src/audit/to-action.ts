import { type AuditAction, REST_ACTIONS } from "./actions.ts";

/** What a request to the REST interface changed, as the audit log says it. */
export interface AuditedRequest {
  action: AuditAction;
  /** The id or key in its path; empty for something new, or for many. */
  target: string;
  /** The path under which the thing itself can be read; null for none. */
  path: string | null;
}

/** Collections whose things can be read one by one under their path. */
const READABLE: ReadonlySet<string> = new Set([
  "alerts",
  "alert-rules",
  "models",
  "playbooks",
  "rule-experiments",
  "surveys",
  "webhook-endpoints",
]);

interface Pattern {
  parts: string[];
  action: AuditAction;
}

const PATTERNS: { [method: string]: Pattern[] } = {};
for (const [request, action] of Object.entries(REST_ACTIONS)) {
  const [method = "", path = ""] = request.split(" ");
  PATTERNS[method] ??= [];
  PATTERNS[method].push({ parts: path.split("/"), action });
}

const isParameter = (part: string): boolean => part.startsWith("{");

/**
 * Reads what a request changes from its method and path.
 *
 * @returns null for one that changes nothing worth a line
 */
export function toAudited(method: string, path: string): AuditedRequest | null {
  const given = path.split("/");
  const found = PATTERNS[method]?.find(
    ({ parts }) =>
      parts.length === given.length &&
      parts.every((part, at) => isParameter(part) || part === given[at]),
  );
  if (!found) return null;
  const { parts, action } = found;
  const [, , collection = ""] = parts;
  const first = parts.findIndex(isParameter);
  const last = parts.findLastIndex(isParameter);
  // A delivery is not its endpoint, nor an opinion the account.
  const isWhole = first > 0 && first === last && READABLE.has(collection);
  return {
    action,
    target: last > 0 ? decode(given[last] ?? "") : "",
    path: isWhole ? given.slice(0, first + 1).join("/") : null,
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
