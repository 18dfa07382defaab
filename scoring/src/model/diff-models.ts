/**
 * What is different between two model documents.
 *
 * @module
 */

import { escapePointer } from "./check-signals.ts";
import type { ScoringModel } from "./model.ts";

/** One difference. */
export interface ModelDifference {
  /** Where, with the keys of signals and components in place of their positions: `/components/usage/weight`. */
  path: string;
  /** Undefined on the side where it does not exist. */
  before?: unknown;
  after?: unknown;
}

/**
 * Lists what differs between two models. Reordering signals, components, overrides or profiles is no difference.
 *
 * @returns by path
 */
export function diffModels(before: ScoringModel, after: ScoringModel): ModelDifference[] {
  const left = flatten(before);
  const right = flatten(after);
  const paths = [...new Set([...left.keys(), ...right.keys()])].sort();
  return paths.flatMap((path) => {
    if (JSON.stringify(left.get(path)) === JSON.stringify(right.get(path))) return [];
    return [
      {
        path,
        ...(left.has(path) ? { before: left.get(path) } : {}),
        ...(right.has(path) ? { after: right.get(path) } : {}),
      },
    ];
  });
}

function flatten(
  value: unknown,
  path = "",
  found = new Map<string, unknown>(),
): Map<string, unknown> {
  if (typeof value !== "object" || value === null) return found.set(path, value);
  if (Array.isArray(value) && !value.every(isNamed)) return found.set(path, value);
  for (const [position, item] of Object.entries(value)) {
    const name = isNamed(item) && Array.isArray(value) ? nameOf(item) : position;
    flatten(item, `${path}/${escapePointer(name)}`, found);
  }
  return found;
}

function isNamed(item: unknown): item is { key?: string; signal?: string } {
  return typeof item === "object" && item !== null && ("key" in item || "signal" in item);
}

function nameOf(item: { key?: string; signal?: string }): string {
  return item.key ?? item.signal ?? "";
}
