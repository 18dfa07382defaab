/**
 * Checks of the components of a model document.
 *
 * @module
 */

import type { Faults } from "./faults.ts";

const NORMALISERS = ["percentile", "zscore", "minmax", "p90_exponential", "target", "own_baseline"];

/** Weights may miss 1 by so much, for thirds written with few digits. */
const WEIGHT_TOLERANCE = 1e-3;

/** @param kinds - of the model's signals, by key */
export function checkComponents(
  faults: Faults,
  value: unknown,
  kinds: ReadonlyMap<string, string>,
): void {
  const list = faults.list("/components", value) ?? [];
  if (Array.isArray(value) && list.length === 0) faults.add("/components", "must not be empty");
  const keys = new Set<string>();
  let total = 0;
  for (const [i, item] of list.entries()) {
    const at = `/components/${i}`;
    const component = faults.object(at, item);
    if (!component) continue;
    const key = faults.key(`${at}/key`, component.key);
    if (key !== null && keys.has(key)) faults.add(`${at}/key`, `is used twice: ${key}`);
    if (key !== null) keys.add(key);
    faults.text(`${at}/label`, component.label);
    total += faults.number(`${at}/weight`, component.weight, [0, 1]) ?? 0;
    const parts = faults.list(`${at}/signals`, component.signals) ?? [];
    if (parts.length === 0) faults.add(`${at}/signals`, "must not be empty");
    for (const [j, part] of parts.entries()) checkPart(faults, `${at}/signals/${j}`, part, kinds);
  }
  if (list.length > 0 && Math.abs(total - 1) > WEIGHT_TOLERANCE) {
    faults.add("/components", `must have weights that sum to 1, got ${total}`);
  }
}

function checkPart(
  faults: Faults,
  at: string,
  item: unknown,
  kinds: ReadonlyMap<string, string>,
): void {
  const part = faults.object(at, item);
  if (!part) return;
  const signal = faults.text(`${at}/signal`, part.signal);
  if (signal !== null && !kinds.has(signal)) {
    faults.add(`${at}/signal`, `names no signal of the model: ${signal}`);
  }
  faults.number(`${at}/weight`, part.weight, [1e-6, 1e6]);
  const direction = faults.choice(`${at}/direction`, part.direction, ["higher", "lower"]);
  const normaliser = faults.object(`${at}/normaliser`, part.normaliser);
  if (normaliser) checkNormaliser(faults, `${at}/normaliser`, normaliser, direction);
}

function checkNormaliser(
  faults: Faults,
  at: string,
  normaliser: Record<string, unknown>,
  direction: string | null,
): void {
  const kind = faults.choice(`${at}/kind`, normaliser.kind, NORMALISERS);
  if (kind === "zscore" && typeof normaliser.robust !== "boolean") {
    faults.add(`${at}/robust`, "must be true or false");
  }
  if (kind === "p90_exponential" && normaliser.k !== undefined) {
    faults.number(`${at}/k`, normaliser.k, [0, 20]);
  }
  if (kind === "minmax") {
    const low =
      normaliser.low === undefined ? 0.05 : faults.number(`${at}/low`, normaliser.low, [0, 1]);
    const high =
      normaliser.high === undefined ? 0.95 : faults.number(`${at}/high`, normaliser.high, [0, 1]);
    if (low !== null && high !== null && low >= high) faults.add(`${at}/high`, "must be above low");
  }
  if (kind === "target") checkPoints(faults, `${at}/points`, normaliser.points, direction);
}

function checkPoints(faults: Faults, at: string, value: unknown, direction: string | null): void {
  const points = faults.list(at, value) ?? [];
  if (points.length < 2) faults.add(at, "must have two points at least");
  let before: unknown[] | null = null;
  for (const [i, item] of points.entries()) {
    const point = faults.list(`${at}/${i}`, item);
    if (!point) continue;
    const x = faults.number(`${at}/${i}/0`, point[0], [-1e15, 1e15]);
    const y = faults.number(`${at}/${i}/1`, point[1], [0, 100]);
    if (before && x !== null && x <= (before[0] as number)) {
      faults.add(`${at}/${i}/0`, "must be above the point before it");
    }
    const step = before && y !== null ? y - (before[1] as number) : 0;
    if (direction === "higher" ? step < 0 : step > 0) {
      faults.add(`${at}/${i}/1`, `must not turn back where ${direction} is healthier`);
    }
    before = point;
  }
}
