/**
 * Unknown JSON → a model, or every fault at once.
 *
 * @module
 */

import { checkComponents } from "./check-components.ts";
import { checkRules } from "./check-rules.ts";
import { checkSignals } from "./check-signals.ts";
import { createFaults, type ModelFault } from "./faults.ts";
import type { ScoringModel } from "./model.ts";

/** A document is no model. */
export class ModelError extends RangeError {
  /** What is wrong, each with a JSON pointer. */
  readonly faults: readonly ModelFault[];

  constructor(faults: readonly ModelFault[]) {
    super(
      `parseModel requires a model document, got ${faults.length} faults: ${faults
        .map(({ pointer, detail }) => `${pointer || "/"} ${detail}`)
        .join("; ")}`,
    );
    this.name = "ModelError";
    this.faults = faults;
  }
}

/**
 * Checks a model document.
 *
 * @param json - as it came from `JSON.parse`
 * @returns the same content, typed
 * @throws {ModelError} a RangeError that lists every fault with its JSON pointer
 */
export function parseModel(json: unknown): ScoringModel {
  const faults = createFaults();
  const root = faults.object("", json);
  if (root) {
    for (const key of ["version", "name"]) faults.text(`/${key}`, root[key]);
    for (const key of ["author", "rationale"]) {
      if (typeof root[key] !== "string") faults.add(`/${key}`, "must be text");
    }
    for (const key of ["effectiveFrom", "calibratedAt"]) {
      if (root[key] !== null) faults.date(`/${key}`, root[key]);
    }
    const kinds = checkSignals(faults, root.signals);
    checkComponents(faults, root.components, kinds);
    checkRules(faults, root, kinds);
  }
  if (faults.found.length > 0) throw new ModelError(faults.found);
  return json as ScoringModel;
}
