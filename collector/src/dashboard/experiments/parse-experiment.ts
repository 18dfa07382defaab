import { type ExperimentBody, experimentBody } from "../../experiments/schema.ts";
import { issuesOf, type Refusal, sayFault } from "../field-faults.ts";
import { KEYLESS_NAME, toKey } from "../to-key.ts";
import type { FieldFault } from "../ui/field.tsx";

/** Variants that the form has room for; the last may stay empty. */
export const VARIANTS = [
  { key: "a", label: "First variant, compared with" },
  { key: "b", label: "Second variant" },
  { key: "c", label: "Third variant" },
] as const;

/** What stands in the list of rules for telling nobody, and for not using a variant. */
export const NO_ALERT = "-";
export const UNUSED = "";

/** The fields of the form, as people read them. */
export const EXPERIMENT_LABELS = {
  name: "Name",
  baselineShare: "Accounts that leave today",
  targetShare: "Would be worth finding",
} as const;

type Field = (name: string) => string;

/** An experiment as somebody filled it in; null while something is wrong with it. */
export interface ExperimentDraft {
  experiment: ExperimentBody | null;
  faults: FieldFault[];
}

const toNumber = (text: string): number => (text === "" ? Number.NaN : Number(text));

const usedVariants = (field: Field) =>
  VARIANTS.filter(({ key }, i) => i < 2 || field(`rule-${key}`) !== UNUSED);

/** Reads the form of a new experiment. Its key follows from its name. */
export function parseExperiment(field: Field): ExperimentDraft {
  const name = field("name");
  const unchosen = usedVariants(field)
    .filter(({ key }) => field(`rule-${key}`) === UNUSED)
    .map(({ key, label }) => ({ field: `rule-${key}`, message: `“${label}” needs a rule.` }));
  const parsed = experimentBody.safeParse({
    key: toKey(name),
    name,
    variants: usedVariants(field).map(({ key }) => ({
      key,
      share: toNumber(field(`share-${key}`)),
      rule: field(`rule-${key}`) === NO_ALERT ? null : field(`rule-${key}`),
    })),
    baselineShare: toNumber(field("baselineShare")) / 100,
    targetShare: toNumber(field("targetShare")) / 100,
  });
  const refused = parsed.success ? [] : toExperimentFaults(parsed.error, field);
  const faults = [...unchosen, ...refused];
  return { experiment: faults.length === 0 && parsed.success ? parsed.data : null, faults };
}

/** Faults of an experiment at the fields of its form. */
export function toExperimentFaults(refusal: Refusal, field: Field): FieldFault[] {
  const used = usedVariants(field);
  const faults = issuesOf(refusal).map(({ path: [part, place, name], message }): FieldFault => {
    if (part === "key") return { field: "name", message: KEYLESS_NAME };
    const variant = part === "variants" ? used[Number(place)] : undefined;
    if (variant && name === "share") {
      return {
        field: `share-${variant.key}`,
        message: sayFault(`The share of “${variant.label}”`, "must be a number above 0"),
      };
    }
    if (variant) {
      return {
        field: `rule-${variant.key}`,
        message: sayFault(`“${variant.label}”: the rule`, message),
      };
    }
    const named = String(part ?? "") as keyof typeof EXPERIMENT_LABELS;
    const label = EXPERIMENT_LABELS[named] as string | undefined;
    if (named === "baselineShare" || named === "targetShare") {
      const rest = message.startsWith("must differ")
        ? `must differ from “${EXPERIMENT_LABELS.baselineShare}”`
        : "must be above 0 % and below 100 %";
      return { field: named, message: sayFault(`“${label}”`, rest) };
    }
    return { field: label ? named : "", message: sayFault(`“${label ?? "The form"}”`, message) };
  });
  return faults.filter((one, at) => faults.findIndex((two) => two.field === one.field) === at);
}

/** What the form of a new experiment proposes. */
export function toNewExperiment(): Field {
  const fields = new Map([
    ["rule-a", NO_ALERT],
    ...VARIANTS.map(({ key }): [string, string] => [`share-${key}`, "1"]),
    ["baselineShare", "15"],
    ["targetShare", "10"],
  ]);
  return (name) => fields.get(name) ?? "";
}
