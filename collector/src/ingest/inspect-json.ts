import { MAX_DEPTH, MAX_NAME_LENGTH, MAX_PROPERTIES, type RejectionCode } from "@telltale/protocol";
import { toPointer } from "../http.ts";

export interface JsonFault {
  code: RejectionCode;
  detail: string;
}

/** What to look for; `lengths` where the text that was parsed can't hold anything worse. */
export type Suspicion = "lengths" | "everything";

/**
 * Escapes by which a NUL, half a surrogate pair or a disguised key could come in, and keys that
 * change the prototype of an object they are copied into.
 */
const SUSPICIOUS = /\\u(?:00|[dD][89a-fA-F])|__proto__|constructor|prototype/;

/** What {@link inspectJson} has to look for in values parsed from this text. */
export function suspicionOf(json: string): Suspicion {
  return SUSPICIOUS.test(json) ? "everything" : "lengths";
}

const UNSAFE_KEYS = ["__proto__", "constructor", "prototype"];

interface Finding {
  code: RejectionCode;
  /** From the innermost key outwards: a path costs nothing until there is a fault. */
  path: PropertyKey[];
  what: string;
}

const find = (code: RejectionCode, what: string): Finding => ({ code, path: [], what });

function findInText(text: string): Finding | null {
  if (text.includes("\u0000")) return find("invalid_text", "holds a NUL character; remove it");
  if (!text.isWellFormed()) {
    return find("invalid_text", "holds half a surrogate pair; send well-formed Unicode");
  }
  return null;
}

function findInObject(
  object: Record<string, unknown>,
  depth: number,
  suspicion: Suspicion,
): Finding | null {
  if (suspicion === "everything") {
    for (const unsafe of UNSAFE_KEYS) if (Object.hasOwn(object, unsafe)) delete object[unsafe];
  }
  const keys = Object.keys(object);
  if (keys.length > MAX_PROPERTIES) {
    return find("too_large", `has ${keys.length} keys; at most ${MAX_PROPERTIES}`);
  }
  for (const key of keys) {
    if (key.length > MAX_NAME_LENGTH) {
      return find("too_large", `has a key of more than ${MAX_NAME_LENGTH} characters`);
    }
    const inKey = suspicion === "everything" ? findInText(key) : null;
    if (inKey) return inKey;
    const finding = findIn(object[key], depth + 1, suspicion);
    if (!finding) continue;
    finding.path.push(key);
    return finding;
  }
  return null;
}

function findIn(value: unknown, depth: number, suspicion: Suspicion): Finding | null {
  switch (typeof value) {
    case "string":
      return suspicion === "everything" ? findInText(value) : null;
    case "number":
      return Number.isFinite(value) ? null : find("invalid_field", "is not a finite number");
    case "object":
      break;
    default:
      return null;
  }
  if (value === null) return null;
  if (depth > MAX_DEPTH) return find("too_deep", `is nested deeper than ${MAX_DEPTH}`);
  if (!Array.isArray(value)) {
    return findInObject(value as Record<string, unknown>, depth, suspicion);
  }
  for (let index = 0; index < value.length; index += 1) {
    const finding = findIn(value[index], depth + 1, suspicion);
    if (!finding) continue;
    finding.path.push(index);
    return finding;
  }
  return null;
}

/**
 * Looks through a value from `JSON.parse` for what Postgres would refuse or what would be too much.
 * Keys that could poison a prototype are deleted in place.
 *
 * @param depth - of the value itself: 1 for properties, 0 for a whole message
 * @returns the first fault, or null
 */
export function inspectJson(
  value: unknown,
  depth = 1,
  suspicion: Suspicion = "everything",
): JsonFault | null {
  const finding = findIn(value, depth, suspicion);
  if (!finding) return null;
  const place = toPointer(finding.path.reverse()) || "the value";
  return { code: finding.code, detail: `${place} ${finding.what}` };
}
