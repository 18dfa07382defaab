import type { Playbook } from "../../playbooks/default-playbooks.ts";
import { playbookSchema } from "../../playbooks/schema.ts";
import { type Issue, issuesOf, sayFault } from "../field-faults.ts";
import { KEYLESS_NAME } from "../to-key.ts";
import type { FieldFault } from "../ui/field.tsx";
import type { Field } from "./parse-rule.ts";

/** The fields of a playbook, as its form calls them. */
export const PLAYBOOK_LABELS = {
  name: "Name",
  ownerRole: "Whose turn it is",
  dueHours: "First step within",
  steps: "Steps",
  message: "A message to start from",
  pattern: "Chosen when",
  exitScore: "Score to end at",
} as const;

/** When a playbook is chosen, in people's words. */
export const PATTERN_WORDS: Readonly<Record<NonNullable<Playbook["pattern"]>, string>> = {
  adoption: "use fell short",
  satisfaction: "satisfaction fell",
  support: "support is the trouble",
  remediation: "they use it more and like it less",
};

function parseExit(text: string, score: string): unknown {
  if (text === "tier") return { kind: "tier", tier: "healthy" };
  if (text === "score")
    return { kind: "score", atLeast: score === "" ? Number.NaN : Number(score) };
  return null;
}

/**
 * Reads the form of a playbook; one step a line.
 *
 * @returns the playbook, or null with what is wrong
 */
export function parsePlaybook(
  field: Field,
  key: string,
): { playbook: Playbook | null; faults: FieldFault[] } {
  const parsed = playbookSchema.safeParse({
    key,
    name: field("name"),
    ownerRole: field("ownerRole"),
    dueHours: field("dueHours") === "" ? Number.NaN : Number(field("dueHours")),
    steps: field("steps")
      .split("\n")
      .map((step) => step.trim())
      .filter((step) => step !== ""),
    message: field("message").replaceAll("\r\n", "\n"),
    pattern: field("pattern") || null,
    exit: parseExit(field("exit"), field("exitScore")),
  });
  if (parsed.success) return { playbook: parsed.data, faults: [] };
  return { playbook: null, faults: issuesOf(parsed.error).map(toFault) };
}

function toFault({ path: [part, at], message }: Issue): FieldFault {
  if (part === "key") return { field: "name", message: KEYLESS_NAME };
  const field = part === "exit" ? "exitScore" : String(part ?? "");
  const label = Object.entries(PLAYBOOK_LABELS).find(([name]) => name === field)?.[1] ?? "This";
  const place = typeof at === "number" ? `, line ${at + 1},` : "";
  return { field, message: sayFault(`“${label}”${place}`, message) };
}

/** What the form of a playbook is filled with. */
export function toPlaybookFields(playbook: Playbook): Field {
  const { exit } = playbook;
  const fields: Record<string, string> = {
    name: playbook.name,
    ownerRole: playbook.ownerRole,
    dueHours: String(playbook.dueHours),
    steps: playbook.steps.join("\n"),
    message: playbook.message,
    pattern: playbook.pattern ?? "",
    exit: exit?.kind ?? "",
    exitScore: exit?.kind === "score" ? String(exit.atLeast) : "",
  };
  return (name) => fields[name] ?? "";
}

/** A playbook to begin with. */
export const NEW_PLAYBOOK: Playbook = {
  key: "",
  name: "",
  ownerRole: "cs_lead",
  dueHours: 48,
  steps: ["Look at what moved the score", "Ask one active user what got in the way"],
  message:
    "{{ accountName }} went from {{ previousTier }} to {{ tier }} ({{ score }}).\n{{ drivers }}",
  pattern: null,
  exit: null,
};
