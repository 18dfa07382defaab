import type { z } from "zod";
import { toFaultWords } from "../fault-words.ts";
import { Problem } from "../problem.ts";
import type { FieldFault } from "./ui/field.tsx";

/** What was refused: by a check, or by a verb. */
export type Refusal = z.ZodError | Problem;

/** What is wrong with something, in the words that the API has for it, and where. */
export interface Issue {
  path: PropertyKey[];
  message: string;
}

/** What is wrong with what was refused. */
export const issuesOf = (refusal: Refusal): Issue[] =>
  refusal instanceof Problem
    ? refusal.errors.map(({ pointer, detail }) => ({
        path: pointer.split("/").slice(1),
        message: detail,
      }))
    : refusal.issues.map((issue) => ({ path: issue.path, message: toFaultWords(issue) }));

/** What is wrong as a sentence about something, for people at a form. */
export const sayFault = (about: string, words: string): string =>
  `${about} ${words}`.replace(/[^.!?]$/, "$&.");

/**
 * Faults at the fields of a form that go by the names of what was refused; where nothing tells of
 * fields, on top of the form.
 *
 * @param labels - of the fields, as people read them
 */
export function toNamedFaults(
  refusal: Refusal,
  labels: Readonly<Record<string, string>>,
): FieldFault[] {
  const faults = issuesOf(refusal).map(({ path, message }): FieldFault => {
    const name = String(path[0] ?? "");
    const field = name in labels ? name : "";
    return { field, message: sayFault(labels[name] ?? (name || "This"), message) };
  });
  return faults.length > 0 ? faults : [{ field: "", message: refusal.message }];
}
