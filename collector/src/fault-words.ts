import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** What the checking library says by itself begins like this; what a schema says does not. */
const LIBRARY_WORDS = /^(Invalid|Too small|Too big|Unrecognized)\b/;

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
  null: "null",
};

const FORMATS: Readonly<Record<string, string>> = {
  datetime: "a moment, ISO 8601, such as 2026-01-31T12:00:00Z",
  date: "a calendar day such as 2026-01-31",
  url: "a URL such as https://example.com/path",
  uuid: "a UUID",
  email: "an e-mail address",
};

/** What is wrong with a value and what it must be, to be read after the name of its field. */
export function toFaultWords(issue: Issue): string {
  if (!LIBRARY_WORDS.test(issue.message)) return issue.message;
  switch (issue.code) {
    case "invalid_type": {
      const kind = KINDS[issue.expected] ?? `a ${issue.expected}`;
      return issue.message.endsWith("received undefined")
        ? `is needed (${kind})`
        : `must be ${kind}`;
    }
    case "too_small":
      return toBound(issue.origin, issue.minimum, issue.inclusive ? "or more" : "above");
    case "too_big":
      return toBound(issue.origin, issue.maximum, issue.inclusive ? "or less" : "below");
    case "invalid_value":
      return toChoice(issue.values.map(String));
    case "invalid_format":
      return issue.format === "regex" && issue.pattern
        ? `must match ${issue.pattern}`
        : `must be ${FORMATS[issue.format] ?? `a ${issue.format}`}`;
    case "not_multiple_of":
      return `must be a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return `must not have ${issue.keys.join(", ")}`;
    case "invalid_union":
      return toNearest(issue);
    default:
      return issue.message;
  }
}

function toBound(origin: string, bound: number | bigint, side: string): string {
  if (origin === "number" || origin === "int" || origin === "bigint") {
    return side.startsWith("or") ? `must be ${bound} ${side}` : `must be ${side} ${bound}`;
  }
  if (bound === 1 && side === "or more") return "must not be empty";
  const [one, many] = origin === "string" ? ["character", "characters"] : ["entry", "entries"];
  const limit = side === "or more" ? "at least" : "at most";
  return `must have ${limit} ${bound} ${bound === 1 ? one : many}`;
}

function toChoice(values: readonly string[]): string {
  return values.length === 1 ? `must be ${values[0]}` : `must be one of ${values.join(", ")}`;
}

/** Of several forms that a value may have, the one that it misses by the least. */
function toNearest(issue: Extract<Issue, { code: "invalid_union" }>): string {
  if ("options" in issue && Array.isArray(issue.options)) {
    return toChoice(issue.options.map(String));
  }
  const [nearest] = [...issue.errors].sort((a, b) => a.length - b.length);
  const [first] = nearest ?? [];
  if (!first) return "has none of the forms that it may have";
  const words = toFaultWords(first);
  return first.path.length === 0 ? words : `${first.path.join(".")} ${words}`;
}
