import type { Playbook } from "../../playbooks/default-playbooks.ts";
import { playbookSchema } from "../../playbooks/schema.ts";
import type { Field } from "./parse-rule.ts";

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
 * @returns the playbook, or null with a line a fault
 */
export function parsePlaybook(
  field: Field,
  key: string,
): { playbook: Playbook | null; faults: string[] } {
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
  const faults = parsed.error.issues.map(({ path, message }) => {
    const [name, at] = path;
    const place = typeof at === "number" ? ` ${at + 1}` : "";
    return `${String(name ?? "")}${place}: ${message}`;
  });
  return { playbook: null, faults };
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
