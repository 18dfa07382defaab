/**
 * Signals → score, with everything that explains it.
 *
 * @module
 */

import { MS_PER_DAY } from "../facts.ts";
import type { ScoringModel, TierRules } from "../model/model.ts";
import type { Norms } from "../norms/norms.ts";
import type { Driver, ScoredAccount, ScoredComponent, Tier } from "../scored-account.ts";
import type { MeasuredSignal } from "../signals/measured-signal.ts";
import { type CompiledModel, compileModel } from "./compile-model.ts";
import { type Composite, toComposite } from "./composite.ts";
import { bandOf, confidenceOf } from "./evidence.ts";
import { type AppliedOverride, applyOverrides } from "./override.ts";
import { applyProfile, findProfile } from "./profile.ts";
import { toComponentSentence, toSigned } from "./sentence.ts";

/** One account to be scored. */
export interface AccountSignals {
  accountId: string;
  /** Milliseconds since the Unix epoch. */
  createdAt: number;
  segments: readonly string[];
  signals: readonly MeasuredSignal[];
  /** Milliseconds since the Unix epoch. */
  now: number;
  /** The account's own past component values by key, to compare with instead of the population. */
  baseline?: Readonly<Record<string, number>>;
}

/** Scores accounts with one model and one snapshot of norms. */
export interface Scorer {
  /** @throws {RangeError} if a signal is NaN */
  score(account: AccountSignals): ScoredAccount;
  /** The score and its tier alone, to the bit those of `score`, for those who explain nothing. */
  rate(account: AccountSignals): Pick<ScoredAccount, "score" | "tier" | "unknownBecause">;
  /** The model with its profile, compiled for this account. */
  compiledFor(account: Pick<AccountSignals, "createdAt" | "segments" | "now">): {
    compiled: CompiledModel;
    profile: string | null;
  };
}

/**
 * Prepares a model and norms once, to score many accounts.
 *
 * @throws {RangeError} if a component names a signal that the model lacks
 */
export function createScorer({ model, norms }: { model: ScoringModel; norms: Norms }): Scorer {
  const cache = new Map<string, CompiledModel>();
  const compiledFor: Scorer["compiledFor"] = ({ createdAt, segments, now }) => {
    const ageDays = (now - createdAt) / MS_PER_DAY;
    const profile = findProfile(model, { segments, ageDays });
    const segment = model.referenceSegments.find((key) => segments.includes(key)) ?? null;
    const key = JSON.stringify([profile?.key ?? null, segment]);
    let compiled = cache.get(key);
    if (!compiled) {
      compiled = compileModel(applyProfile(model, profile), norms, segment);
      cache.set(key, compiled);
    }
    return { compiled, profile: profile?.key ?? null };
  };
  const judge = (account: AccountSignals) => {
    const { compiled, profile } = compiledFor(account);
    const signals = new Map(account.signals.map((signal) => [signal.key, signal]));
    const composite = toComposite(compiled, signals, account.baseline);
    return { account, compiled, composite, profile };
  };
  return {
    compiledFor,
    score: (account) => toScored({ ...judge(account), normsVersion: norms.version }),
    rate: (account) => toRated(judge(account)).rated,
  };
}

/**
 * Scores one account. For many, {@link createScorer} prepares model and norms once.
 *
 * @throws {RangeError} if a signal is NaN, or a component names a signal that the model lacks
 */
export function scoreAccount({
  model,
  norms,
  ...account
}: AccountSignals & { model: ScoringModel; norms: Norms }): ScoredAccount {
  return createScorer({ model, norms }).score(account);
}

/**
 * The tier of a score by the bounds alone.
 *
 * @param score - 0–100
 * @param rules - of the model
 */
export function tierOf(score: number, rules: TierRules): Exclude<Tier, "unknown"> {
  if (score >= rules.healthyFrom) return "healthy";
  return score < rules.criticalBelow ? "critical" : "at_risk";
}

/** One account, judged but not explained. */
interface Judged {
  account: AccountSignals;
  compiled: CompiledModel;
  composite: Composite;
  profile: string | null;
}

function toRated({ account, compiled, composite }: Judged): {
  rated: ReturnType<Scorer["rate"]>;
  applied: readonly AppliedOverride[];
} {
  const { model, overrides } = compiled;
  const isYoung = account.now - account.createdAt < model.minAgeDays * MS_PER_DAY;
  if (composite.value === null || isYoung || composite.coverage < model.minCoverage) {
    const unknownBecause = isYoung ? "too-young" : "too-little-evidence";
    return { rated: { score: null, tier: "unknown", unknownBecause }, applied: [] };
  }
  const { score, applied } = applyOverrides(composite.value, overrides, composite);
  return { rated: { score, tier: tierOf(score, model.tiers), unknownBecause: null }, applied };
}

function toScored(judged: Judged & { normsVersion: string }): ScoredAccount {
  const { account, compiled, composite, profile, normsVersion } = judged;
  const { rated, applied } = toRated(judged);
  return {
    accountId: account.accountId,
    at: account.now,
    modelVersion: compiled.model.version,
    normsVersion,
    profile,
    ...rated,
    confidence: confidenceOf(composite, account.now),
    coverage: composite.coverage,
    band: rated.score === null ? null : bandOf(composite, compiled.overrides, rated.score),
    baseline: rated.score === null ? null : composite.baseline,
    components: composite.components.map(toScoredComponent),
    drivers: rated.score === null ? [] : toDrivers(composite, applied),
  };
}

function toScoredComponent(component: Composite["components"][number]): ScoredComponent {
  return {
    key: component.key,
    label: component.label,
    value: component.value,
    weight: component.weight,
    effectiveWeight: component.effectiveWeight,
    baseline: component.baseline,
    signals: component.parts.map(({ part, signal, normalized, effectiveWeight }) => ({
      ...(signal ?? {
        key: part.spec.key,
        value: null,
        unit: "",
        sampleSize: 0,
        observedAt: null,
        status: "missing" as const,
      }),
      label: part.spec.label,
      normalized,
      effectiveWeight,
    })),
  };
}

/** Contributions w′·(c − baseline): the exact Shapley values of an additive model. */
function toDrivers(composite: Composite, applied: readonly AppliedOverride[]): Driver[] {
  const drivers: Driver[] = [];
  for (const component of composite.components) {
    if (component.value === null) continue;
    const contribution = component.effectiveWeight * (component.value - component.baseline);
    drivers.push({
      key: component.key,
      kind: "component",
      label: component.label,
      contribution,
      sentence: toComponentSentence(component, contribution),
    });
  }
  for (const { override, change } of applied) {
    drivers.push({
      key: override.key,
      kind: "override",
      label: override.label,
      contribution: change,
      sentence: `${override.label} ${toSigned(change)}: a rule of the model`,
    });
  }
  return drivers.sort(
    (a, b) => Math.abs(b.contribution) - Math.abs(a.contribution) || (a.key < b.key ? -1 : 1),
  );
}
