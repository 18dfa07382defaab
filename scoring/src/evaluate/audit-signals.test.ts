import { describe, expect, it } from "vitest";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import { buildNorms } from "../norms/build-norms.ts";
import { createRandom } from "../stats/random.ts";
import { NOON, range, signalSpec } from "../testing/spec.ts";
import { auditSignals, type SignalAudit } from "./audit-signals.ts";

describe("auditSignals", () => {
  const keys = ["good", "copy", "noise"];
  const model = {
    ...DEFAULT_MODEL,
    overrides: [],
    minCoverage: 0.5,
    signals: keys.map((key) => signalSpec("external", { key, series: key, aggregate: "last" })),
    components: keys.map((key, i) => ({
      key,
      label: key,
      weight: [0.6, 0.2, 0.2][i] as number,
      signals: [
        {
          signal: key,
          weight: 1,
          normaliser: { kind: "percentile" as const },
          direction: "higher" as const,
        },
      ],
    })),
  };
  const random = createRandom("audit");
  const accounts = range(1, 200).map((i) => {
    const good = random.uniform();
    const values = [good, 2 * good + 0.01 * random.uniform(), random.uniform()];
    return {
      accountId: `${i}`,
      createdAt: 0,
      segments: [],
      now: NOON,
      signals: keys.map((key, j) => ({
        key,
        value: values[j] as number,
        unit: "",
        sampleSize: 1,
        observedAt: NOON,
        status: "ok" as const,
      })),
    };
  });
  // The outcomes are those of other accounts: what the audited ones are today does not tell.
  const cases = range(1, 200).map(() => {
    const good = 100 * random.uniform();
    const signals = { good, copy: good, noise: 100 * random.uniform() };
    return { signals, isChurned: 100 * random.uniform() > good };
  });
  const audit = auditSignals({
    accounts,
    cases,
    model,
    norms: buildNorms({ rows: accounts, model, now: NOON }),
  });

  it("tells the signal that says something from noise", () => {
    const area = (key: string) => audit.find((one) => one.key === key)?.areaUnderCurve as number;
    expect(area("good")).toBeGreaterThan(0.75);
    expect(Math.abs(area("noise") - 0.5)).toBeLessThan(0.12);
  });

  it("says how many outcomes that rests on, and nothing from too few", () => {
    expect(audit[0]).toMatchObject({ n: 200, outcomes: 200 });
    const norms = buildNorms({ rows: accounts, model, now: NOON });
    const few = cases.filter(({ isChurned }) => isChurned).slice(0, 9);
    const [good] = auditSignals({ accounts, cases: few, model, norms });
    expect(good).toMatchObject({ outcomes: 9, areaUnderCurve: null });
  });

  it("finds the copy", () => {
    expect(audit[0]?.closest).toMatchObject({ key: "copy", isRedundant: true });
    expect(audit[2]?.closest?.isRedundant).toBe(false);
  });

  it("tells how many would lose their score or their tier without a signal", () => {
    expect(audit[0]?.withoutIt.unknown).toBe(200);
    expect(audit[1]?.withoutIt.unknown).toBe(0);
    expect(audit[2]?.withoutIt.tierChanges).toBeGreaterThan(0);
    const { meanMove, mostMove } = (audit[2] as SignalAudit).withoutIt;
    expect(meanMove).toBeGreaterThan(0);
    expect(mostMove).toBeGreaterThan(meanMove);
    // A fifth of the weight can't move a score by more than a fifth of the scale.
    expect(mostMove).toBeLessThanOrEqual(20);
  });
});
