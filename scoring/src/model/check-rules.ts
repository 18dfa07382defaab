/**
 * Checks of the tiers, overrides, profiles and evidence rules of a model document.
 *
 * @module
 */

import { escapePointer } from "./check-signals.ts";
import type { Faults } from "./faults.ts";

const TIER_NUMBERS = new Map<string, [low: number, high: number]>([
  ["healthyFrom", [0, 100]],
  ["criticalBelow", [0, 100]],
  ["margin", [0, 50]],
  ["noticeEvaluations", [1, 100]],
  ["noticeHours", [0, 8760]],
  ["fallPoints", [0, 100]],
  ["fallDays", [1, 365]],
]);

/** @param kinds - of the model's signals, by key */
export function checkRules(
  faults: Faults,
  root: Record<string, unknown>,
  kinds: ReadonlyMap<string, string>,
): void {
  const tiers = faults.object("/tiers", root.tiers);
  if (tiers) {
    for (const [name, range] of TIER_NUMBERS) {
      faults.number(`/tiers/${name}`, tiers[name], range);
    }
    if (Number(tiers.criticalBelow) > Number(tiers.healthyFrom)) {
      faults.add("/tiers/criticalBelow", "must not be above healthyFrom");
    }
  }
  checkOverrides(faults, "/overrides", root.overrides, kinds);
  checkProfiles(faults, root, kinds);
  for (const [i, segment] of (
    faults.list("/referenceSegments", root.referenceSegments) ?? []
  ).entries()) {
    faults.key(`/referenceSegments/${i}`, segment);
  }
  faults.number("/minAgeDays", root.minAgeDays, [0, 365]);
  faults.number("/minCoverage", root.minCoverage, [0, 1]);
  if (root.smoothingHalfLifeDays !== null) {
    faults.number("/smoothingHalfLifeDays", root.smoothingHalfLifeDays, [0.1, 365]);
  }
}

function checkOverrides(
  faults: Faults,
  at: string,
  value: unknown,
  kinds: ReadonlyMap<string, string>,
): void {
  for (const [i, item] of (faults.list(at, value) ?? []).entries()) {
    const override = faults.object(`${at}/${i}`, item);
    if (!override) continue;
    faults.text(`${at}/${i}/key`, override.key);
    faults.text(`${at}/${i}/label`, override.label);
    const when = faults.object(`${at}/${i}/when`, override.when);
    if (when) {
      const signal = faults.text(`${at}/${i}/when/signal`, when.signal);
      if (signal !== null && !kinds.has(signal)) {
        faults.add(`${at}/${i}/when/signal`, `names no signal of the model: ${signal}`);
      }
      faults.choice(`${at}/${i}/when/measure`, when.measure, ["value", "normalized"]);
      faults.choice(`${at}/${i}/when/is`, when.is, ["below", "above"]);
      faults.number(`${at}/${i}/when/bound`, when.bound, [-1e15, 1e15]);
    }
    if (override.cap === undefined && override.floor === undefined) {
      faults.add(`${at}/${i}`, "must have a cap or a floor");
    }
    for (const name of ["cap", "floor"]) {
      if (override[name] !== undefined)
        faults.number(`${at}/${i}/${name}`, override[name], [0, 100]);
    }
  }
}

function checkProfiles(
  faults: Faults,
  root: Record<string, unknown>,
  kinds: ReadonlyMap<string, string>,
): void {
  const precedences = new Set<unknown>();
  for (const [i, item] of (faults.list("/profiles", root.profiles) ?? []).entries()) {
    const at = `/profiles/${i}`;
    const profile = faults.object(at, item);
    if (!profile) continue;
    faults.text(`${at}/key`, profile.key);
    faults.text(`${at}/label`, profile.label);
    faults.number(`${at}/precedence`, profile.precedence, [-1e6, 1e6]);
    if (precedences.has(profile.precedence)) faults.add(`${at}/precedence`, "is used twice");
    precedences.add(profile.precedence);
    const when = faults.object(`${at}/when`, profile.when) ?? {};
    if (when.segment !== undefined) faults.text(`${at}/when/segment`, when.segment);
    for (const name of ["minAgeDays", "maxAgeDays"]) {
      if (when[name] !== undefined) faults.number(`${at}/when/${name}`, when[name], [0, 36_500]);
    }
    checkProfileWeights(faults, `${at}/weights`, profile.weights, root.components);
    checkProfileTiers(faults, `${at}/tiers`, profile.tiers, root.tiers);
    if (profile.overrides !== undefined)
      checkOverrides(faults, `${at}/overrides`, profile.overrides, kinds);
    if (profile.minAgeDays !== undefined)
      faults.number(`${at}/minAgeDays`, profile.minAgeDays, [0, 365]);
  }
}

function checkProfileWeights(
  faults: Faults,
  at: string,
  ...[value, components]: [value: unknown, components: unknown]
): void {
  if (value === undefined) return;
  const weights = faults.object(at, value) ?? {};
  const plain = new Map<unknown, unknown>(
    (Array.isArray(components) ? components : []).map((one) => [one?.key, one?.weight]),
  );
  for (const [key, weight] of Object.entries(weights)) {
    const pointer = `${at}/${escapePointer(key)}`;
    if (!plain.has(key)) faults.add(pointer, "names no component of the model");
    faults.number(pointer, weight, [0, 1]);
    plain.set(key, weight);
  }
  const total = [...plain.values()].reduce<number>((sum, weight) => sum + Number(weight), 0);
  if (total <= 0) faults.add(at, "must leave some weight to a component");
}

/** @param plain - rules of the model, which hold where the profile has none */
function checkProfileTiers(
  faults: Faults,
  at: string,
  ...[value, plain]: [value: unknown, plain: unknown]
): void {
  if (value === undefined) return;
  const tiers = faults.object(at, value) ?? {};
  for (const [name, bound] of Object.entries(tiers)) {
    const range = TIER_NUMBERS.get(name);
    if (range) faults.number(`${at}/${name}`, bound, range);
    else faults.add(`${at}/${escapePointer(name)}`, "is no tier rule");
  }
  const merged: Record<string, unknown> = { ...(plain as object), ...tiers };
  if (Number(merged.criticalBelow) > Number(merged.healthyFrom)) {
    faults.add(at, "must not put criticalBelow above healthyFrom");
  }
}
