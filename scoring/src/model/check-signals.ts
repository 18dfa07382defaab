/**
 * Checks of the signals of a model document.
 *
 * @module
 */

import type { Faults } from "./faults.ts";
import { AGGREGATES, RESPONSE_KINDS, SIGNAL_KINDS, VITALS } from "./signal-spec.ts";

const TEXT_LISTS = ["ignoredEvents", "features", "tasks", "path", "frictionKinds"];

/** Bounds of the numbers that only some kinds look at. */
const NUMBERS: Record<string, [number, number]> = {
  otherEventWeight: [0, 1e6],
  maxUserShare: [0.01, 1],
  minDays: [1, 365],
  fastDays: [1, 365],
  slowDays: [1, 365],
  shrinkage: [0, 1000],
};

/** @returns the kind of each signal, by key */
export function checkSignals(faults: Faults, value: unknown): Map<string, string> {
  const kinds = new Map<string, string>();
  const list = faults.list("/signals", value) ?? [];
  if (Array.isArray(value) && list.length === 0) faults.add("/signals", "must not be empty");
  for (const [i, item] of list.entries()) {
    const at = `/signals/${i}`;
    const spec = faults.object(at, item);
    if (!spec) continue;
    const key = faults.key(`${at}/key`, spec.key);
    if (key !== null && kinds.has(key)) faults.add(`${at}/key`, `is used twice: ${key}`);
    faults.text(`${at}/label`, spec.label);
    const kind = faults.choice(`${at}/kind`, spec.kind, SIGNAL_KINDS);
    if (key !== null) kinds.set(key, kind ?? "");
    checkSpec(faults, at, spec);
  }
  return kinds;
}

function checkSpec(faults: Faults, at: string, spec: Record<string, unknown>): void {
  faults.number(`${at}/windowDays`, spec.windowDays, [7, 365]);
  if (spec.halfLifeDays !== null) {
    faults.number(`${at}/halfLifeDays`, spec.halfLifeDays, [0.1, 3650]);
  }
  faults.number(`${at}/staleAfterDays`, spec.staleAfterDays, [1, 3650]);
  faults.choice(`${at}/per`, spec.per, ["account", "seat", "active_user"]);
  for (const [name, range] of Object.entries(NUMBERS)) {
    if (spec[name] !== undefined) faults.number(`${at}/${name}`, spec[name], range);
  }
  for (const name of TEXT_LISTS) {
    if (spec[name] === undefined) continue;
    for (const [i, text] of (faults.list(`${at}/${name}`, spec[name]) ?? []).entries()) {
      faults.text(`${at}/${name}/${i}`, text);
    }
  }
  if (spec.eventWeights !== undefined) {
    const weights = faults.object(`${at}/eventWeights`, spec.eventWeights) ?? {};
    for (const [event, weight] of Object.entries(weights)) {
      faults.number(`${at}/eventWeights/${escapePointer(event)}`, weight, [0, 1e6]);
    }
  }
  for (const name of ["isWorkingDaysOnly", "isZeroWhenAbsent"]) {
    if (spec[name] !== undefined && typeof spec[name] !== "boolean") {
      faults.add(`${at}/${name}`, "must be true or false");
    }
  }
  if (spec.responseKinds !== undefined) {
    const kinds = faults.list(`${at}/responseKinds`, spec.responseKinds) ?? [];
    for (const [i, kind] of kinds.entries()) {
      faults.choice(`${at}/responseKinds/${i}`, kind, RESPONSE_KINDS);
    }
  }
  if (spec.aggregate !== undefined) faults.choice(`${at}/aggregate`, spec.aggregate, AGGREGATES);
  if (spec.vital !== undefined) faults.choice(`${at}/vital`, spec.vital, VITALS);
  for (const name of ["series", "unit"]) {
    if (spec[name] !== undefined) faults.text(`${at}/${name}`, spec[name]);
  }
  if (spec.reviewBy !== undefined) faults.date(`${at}/reviewBy`, spec.reviewBy);
  checkPrior(faults, at, spec.prior);
  checkNeeds(faults, at, spec);
}

function checkPrior(faults: Faults, at: string, prior: unknown): void {
  if (prior === undefined) return;
  const list = faults.list(`${at}/prior`, prior) ?? [];
  if (list.length < 2) faults.add(`${at}/prior`, "must have two values at least");
  for (const [i, value] of list.entries()) {
    faults.number(`${at}/prior/${i}`, value, [-1e15, 1e15]);
    if (i > 0 && (list[i - 1] as number) > (value as number)) {
      faults.add(`${at}/prior/${i}`, "must not be below the value before it");
    }
  }
}

/** Fields without which a kind measures nothing. */
const NEEDS = new Map<unknown, string[]>([
  ["external", ["series", "aggregate"]],
  ["web_vital", ["vital"]],
  ["path_adherence", ["path"]],
  ["time_to_value", ["path"]],
]);

function checkNeeds(faults: Faults, at: string, spec: Record<string, unknown>): void {
  for (const name of NEEDS.get(spec.kind) ?? []) {
    const value = spec[name];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) {
      faults.add(`${at}/${name}`, `is needed by ${spec.kind}`);
    }
  }
}

/** A key as a part of a JSON pointer. */
export function escapePointer(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
