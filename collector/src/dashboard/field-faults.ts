import type { Problem } from "../problem.ts";
import type { FieldFault } from "./ui/field.tsx";

/** What a check says, and where. */
export interface Issue {
  path: PropertyKey[];
  message: string;
}

/** The faults of a problem, as a check would have named them. */
export const issuesOf = (problem: Problem): Issue[] =>
  problem.errors.map(({ pointer, detail }) => ({
    path: pointer.split("/").slice(1),
    message: detail,
  }));

/** A check's message as a sentence about something, for people at a form; the API's words are in `fault-words.ts`. */
export function sayFault(about: string, message: string): string {
  const words = message
    .replace(/^Invalid input: expected (number|int).*$/, "must be a number")
    .replace(/^Invalid input: expected .*$/, "is needed")
    .replace(/^Invalid option: .*$/, "needs one of its choices")
    .replace(/^Too small: expected number to be >=?\s*(\S+)$/, "must be $1 or more")
    .replace(/^Too big: expected number to be <=?\s*(\S+)$/, "must be $1 or less")
    .replace(/^Too small: expected \w+ to have >=1 (characters|items)$/, "is needed")
    .replace(/^Too small: expected \w+ to have >=(\d+ (characters|items))$/, "needs $1 or more")
    .replace(/^Too big: expected \w+ to have <=(\d+ (characters|items))$/, "has room for $1");
  return `${about} ${words.charAt(0).toLowerCase()}${words.slice(1)}`.replace(/[^.!?]$/, "$&.");
}

/**
 * Faults at the fields of a form that go by the names of what is checked.
 *
 * @param labels - of the fields, as people read them
 */
export const toNamedFaults = (
  issues: readonly Issue[],
  labels: Readonly<Record<string, string>>,
): FieldFault[] =>
  issues.map(({ path, message }) => {
    const name = String(path[0] ?? "");
    const field = name in labels ? name : "";
    return { field, message: sayFault(labels[name] ?? (name || "This"), message) };
  });

/** The faults of a problem on top of a form: what it says, then what it says of fields. */
export const toProblemFaults = (
  problem: Problem,
  labels: Readonly<Record<string, string>>,
): FieldFault[] => {
  const faults = toNamedFaults(issuesOf(problem), labels);
  return faults.length > 0 ? faults : [{ field: "", message: problem.message }];
};
