import type { SurveyDefinition } from "./survey-definition.ts";

type Definition = Pick<
  SurveyDefinition,
  "steps" | "translations" | "schedule" | "locale" | "quotas"
>;

/** What is wrong, and where. */
export interface Fault {
  path: (string | number)[];
  message: string;
}

/** Rules that tie several fields of a definition together. */
export function findFaults(definition: Definition): Fault[] {
  const { steps, translations, schedule, locale, quotas = [] } = definition;
  const faults: Fault[] = [];
  const questions = steps.filter(({ kind }) => kind !== "thanks");
  const ids = steps.map((step) => step.id);
  if (questions.length < 1 || questions.length > 5) {
    faults.push({ path: ["steps"], message: "must hold 1 to 5 questions" });
  }
  for (const [at, step] of steps.entries()) {
    if (ids.indexOf(step.id) !== at) {
      faults.push({ path: ["steps", at, "id"], message: "is used by an earlier step" });
    }
    if (step.kind === "rating" && step.display === "faces" && step.scale > 5) {
      const message = "faces go with a scale of 3 or 5; use numbers or stars for a longer one";
      faults.push({ path: ["steps", at, "scale"], message });
    }
    if (step.kind === "thanks" && at !== steps.length - 1) {
      faults.push({ path: ["steps", at], message: "thanks can only be the last step" });
    }
    for (const [index, { goTo }] of (step.branches ?? []).entries()) {
      if (goTo === "end" || ids.indexOf(goTo) > at) continue;
      const message = "must be 'end' or the id of a later step";
      faults.push({ path: ["steps", at, "branches", index, "goTo"], message });
    }
  }
  for (const [language, texts] of Object.entries(translations)) {
    if (language === locale) {
      faults.push({ path: ["translations", language], message: "is the language of the steps" });
    }
    for (const stepId of Object.keys(texts)) {
      if (ids.includes(stepId)) continue;
      faults.push({ path: ["translations", language, stepId], message: "names no step" });
    }
  }
  for (const [at, { segment }] of quotas.entries()) {
    if (quotas.findIndex((quota) => quota.segment === segment) === at) continue;
    faults.push({ path: ["quotas", at, "segment"], message: "has a quota already" });
  }
  const { startAt, endAt } = schedule;
  if (startAt && endAt && Date.parse(startAt) >= Date.parse(endAt)) {
    faults.push({ path: ["schedule", "endAt"], message: "must be later than startAt" });
  }
  return faults;
}
