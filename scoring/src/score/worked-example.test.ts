import { describe, expect, it } from "vitest";
import { DEFAULT_MODEL } from "../model/default-model.ts";
import { priorNorms } from "../norms/build-norms.ts";
import type { Distribution } from "../norms/norms.ts";
import type { MeasuredSignal } from "../signals/measured-signal.ts";
import { NOON } from "../testing/spec.ts";
import { scoreAccount } from "./score-account.ts";

/** The account that ARCHITECTURE.md works out by hand. */
describe("the account worked by hand", () => {
  const norms = priorNorms(DEFAULT_MODEL, NOON);
  const known = (key: string, given: Partial<Distribution>): [string, Distribution] => [
    key,
    { ...(norms.project[key] as Distribution), ...given },
  ];
  const project = Object.fromEntries([
    known("raw_score", { p90: 200, median: 80 }),
    known("feature_breadth", { p90: 10, median: 4 }),
    known("active_days", { median: 0.5 }),
    known("velocity", { median: 0 }),
    known("csat", { mean: 75, median: 75 }),
  ]);
  const signal = (key: string, value: number, unit: string, rest = {}): MeasuredSignal => ({
    key,
    value,
    unit,
    sampleSize: 28,
    observedAt: NOON,
    status: "ok",
    ...rest,
  });
  const scored = scoreAccount({
    accountId: "birch",
    createdAt: 0,
    segments: [],
    signals: [
      signal("raw_score", 60, "points per active user"),
      signal("feature_breadth", 6, "features"),
      signal("active_days", 0.4, "share of days"),
      signal("velocity", -0.35, "log ratio"),
      signal("csat", 42, "of 100", { sampleSize: 3, effectiveSize: 2.5 }),
    ],
    model: DEFAULT_MODEL,
    norms: { ...norms, project },
    now: NOON,
  });

  it("has the components of the table", () => {
    const values = scored.components.map((component) => component.value?.toFixed(1));
    expect(values).toEqual(["62.8", "88.0", "83.3", "72.0", "41.0"]);
    const baselines = scored.components.map((component) => component.baseline.toFixed(1));
    expect(baselines).toEqual(["73.8", "73.8", "91.7", "90.0", "77.5"]);
  });

  it("has the score, baseline and contributions of the table", () => {
    expect(scored.score?.toFixed(1)).toBe("66.6");
    expect(scored.tier).toBe("at_risk");
    expect(scored.baseline?.toFixed(1)).toBe("83.9");
    expect(
      scored.drivers.map(({ label, contribution }) => [label, contribution.toFixed(1)]),
    ).toEqual([
      ["Satisfaction", "-9.1"],
      ["Usage trend", "-7.2"],
      ["Features in use", "1.4"],
      ["Active days", "-1.2"],
      ["Usage", "-1.1"],
    ]);
    expect(scored.drivers[0]?.sentence).toBe(
      "Satisfaction −9.1: 42 of 100 from 3 answers, typical 75 of 100",
    );
  });
});
