/** What a request to the REST interface changed, as the audit log says it. */
export interface AuditedRequest {
  /** `noun.verb` in the past. */
  action: string;
  /** The id or key in its path; empty for something new, or for many. */
  target: string;
  /** The path under which the thing itself can be read; null for none. */
  path: string | null;
}

/** Data that streams in, and questions that are asked with POST. */
const NO_CHANGE = /^\/v1\/(observations|in\/|prompts\/|users\/|project\b)|\/(dry-run|scenario)$/;

const NOUNS: Record<string, string> = { "webhook-endpoints": "endpoint", score: "scores" };

const PAST: Record<string, string> = {
  "rotate-secret": "secret_rotated",
  report: "report_requested",
  pulse: "pulse_given",
  shadow: "shadow_set",
  tags: "tagged",
  csv: "csv_imported",
  resend: "resent",
};

/** Endings of what is done to one thing, and of things as a whole. */
const METHODS: Record<string, string> = {
  POST: "created",
  PUT: "saved",
  PATCH: "changed",
  DELETE: "removed",
};

/**
 * Reads what a request changes from its method and path.
 *
 * @returns null for one that changes nothing worth a line
 */
export function toAudited(method: string, path: string): AuditedRequest | null {
  const past = METHODS[method];
  if (!past || NO_CHANGE.test(path)) return null;
  const [, , collection = "", id = "", ...rest] = path.split("/").map(decode);
  const noun = NOUNS[collection] ?? collection.replace(/s$/, "").replaceAll("-", "_");
  if (collection === "score") return { action: "scores.requested", target: "", path: null };
  if (id === "") return { action: `${noun}.${past}`, target: "", path: null };
  // Done to many at once.
  if (id === "replay") return { action: `${noun}.replayed`, target: "", path: null };
  const verb = rest.at(-1);
  const one = path.split("/").slice(0, 4).join("/");
  if (verb === undefined) return { action: `${noun}.${past}`, target: id, path: one };
  const isDelivery = rest[0] === "deliveries";
  return {
    action: `${isDelivery ? "delivery" : noun}.${PAST[verb] ?? toPast(verb)}`,
    target: isDelivery ? (rest[1] ?? id) : id,
    path: isDelivery ? null : one,
  };
}

const toPast = (verb: string): string =>
  (verb.endsWith("e") ? `${verb}d` : `${verb}ed`).replaceAll("-", "_");

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
