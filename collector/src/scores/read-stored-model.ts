import type { ScoringModel } from "@telltale/scoring";

/**
 * A model as it is stored. The rules of its day let it in; those that came later refuse new
 * documents, and don't stop the scoring of a project that has an old one.
 */
export function readStoredModel(document: unknown): ScoringModel {
  const model = document as ScoringModel;
  // The one date that is reckoned with. Any text was let in once.
  const isDate = !Number.isNaN(Date.parse(model.calibratedAt ?? ""));
  return { ...model, calibratedAt: isDate ? model.calibratedAt : null };
}
