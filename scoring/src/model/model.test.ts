import { describe, expect, it } from "vitest";
import { priorNorms } from "../norms/build-norms.ts";
import type { Distribution } from "../norms/norms.ts";
import { scoreAccount } from "../score/score-account.ts";
import { measureSignals } from "../signals/measure-signals.ts";
import { accountFacts } from "../testing/facts.ts";
import { NOON, usageAt } from "../testing/spec.ts";
import { DEFAULT_MODEL } from "./default-model.ts";
import { diffModels } from "./diff-models.ts";
import { lintModel } from "./lint-model.ts";
import type { ComponentSpec, ScoringModel } from "./model.ts";
import { ModelError, parseModel } from "./parse-model.ts";
import { FIVE_COMPONENTS_MODEL, MODEL_TEMPLATES, WEIGHTED_EVENTS_MODEL } from "./templates.ts";

/** The default model as JSON, with one thing changed. */
function changed(change: (json: ScoringModel) => void): unknown {
  const json = JSON.parse(JSON.stringify(DEFAULT_MODEL)) as ScoringModel;
  change(json);
  return json;
}

function faultsOf(json: unknown): string[] {
  try {
    parseModel(json);
  } catch (error) {
    expect(error).toBeInstanceOf(ModelError);
    expect(error).toBeInstanceOf(RangeError);
    return (error as ModelError).faults.map((fault) => fault.pointer);
  }
  return [];
}

describe("parseModel", () => {
  it.each(Object.entries(MODEL_TEMPLATES))("accepts the template %s", (_, model) => {
    expect(parseModel(JSON.parse(JSON.stringify(model)))).toEqual(model);
  });

  it.each<[string, (model: ScoringModel) => void]>([
    ["/version", (m) => (m.version = "")],
    ["/components", (m) => ((m.components[0] as { weight: number }).weight = 0.9)],
    ["/components/0/weight", (m) => ((m.components[0] as { weight: number }).weight = Number.NaN)],
    [
      "/components/1/signals/0/signal",
      (m) => ((m.components[1]?.signals[0] as { signal: string }).signal = "nope"),
    ],
    ["/signals/1/key", (m) => ((m.signals[1] as { key: string }).key = "raw_score")],
    ["/signals/0/windowDays", (m) => ((m.signals[0] as { windowDays: number }).windowDays = 5)],
    [
      "/signals/0/eventWeights/a~1b",
      (m) => ((m.signals[0] as object) = { ...m.signals[0], eventWeights: { "a/b": -1 } }),
    ],
    ["/tiers/criticalBelow", (m) => (m.tiers.criticalBelow = 80)],
    ["/overrides/0", (m) => delete m.overrides[0]?.cap],
    [
      "/overrides/0/when/signal",
      (m) => ((m.overrides[0] as { when: { signal: string } }).when.signal = "nope"),
    ],
    ["/minCoverage", (m) => (m.minCoverage = 2)],
    ["/calibratedAt", (m) => (m.calibratedAt = "last spring")],
    ["/effectiveFrom", (m) => (m.effectiveFrom = "2026-13-01")],
    ["/signals/0/reviewBy", (m) => ((m.signals[0] as { reviewBy: string }).reviewBy = "soon")],
    ["/signals/0/key", (m) => ((m.signals[0] as { key: string }).key = "constructor")],
    ["/referenceSegments/0", (m) => (m.referenceSegments = ["__proto__"])],
    [
      "/profiles/0/weights",
      (m) => {
        const weights = Object.fromEntries(m.components.map(({ key }) => [key, 0]));
        m.profiles = [{ key: "a", label: "A", precedence: 1, when: {}, weights }];
      },
    ],
    ["/signals/0/kind", (m) => ((m.signals[0] as { kind: string }).kind = "constructor")],
    [
      "/profiles/0/tiers/constructor",
      (m) => {
        const tiers = { constructor: 1 } as object;
        m.profiles = [{ key: "a", label: "A", precedence: 1, when: {}, tiers }];
      },
    ],
    [
      "/profiles/0/tiers",
      (m) => {
        const tiers = { criticalBelow: m.tiers.healthyFrom + 1 };
        m.profiles = [{ key: "a", label: "A", precedence: 1, when: {}, tiers }];
      },
    ],
    ["/profiles", (m) => ((m as { profiles: unknown }).profiles = null)],
  ])("points at %s", (pointer, change) => {
    expect(faultsOf(changed(change))).toContain(pointer);
  });

  it("lists every fault at once", () => {
    expect(faultsOf({}).length).toBeGreaterThan(8);
    expect(faultsOf(null)).toEqual([""]);
    expect(
      faultsOf(changed((m) => Object.assign(m.signals[0] as object, { windowDays: 1, per: "x" }))),
    ).toEqual(["/signals/0/windowDays", "/signals/0/per"]);
  });

  it("refuses points that turn back, and two profiles of one precedence", () => {
    const points = changed((m) => {
      (m.components[0] as ScoringModel["components"][number]).signals[0] = {
        signal: "raw_score",
        weight: 1,
        direction: "lower",
        normaliser: {
          kind: "target",
          points: [
            [0, 10],
            [5, 90],
          ],
        },
      };
    });
    expect(faultsOf(points)).toEqual(["/components/0/signals/0/normaliser/points/1/1"]);
    const profiles = changed((m) => {
      const one = { key: "a", label: "A", precedence: 1, when: {}, weights: { nope: 1 } };
      m.profiles = [one, { ...one, key: "b", weights: {} }];
    });
    expect(faultsOf(profiles)).toEqual(["/profiles/0/weights/nope", "/profiles/1/precedence"]);
  });

  it("asks an external signal for its series", () => {
    const json = changed((m) =>
      m.signals.push({ ...(m.signals[4] as object), key: "x", kind: "external" } as never),
    );
    expect(faultsOf(json)).toEqual(["/signals/5/series", "/signals/5/aggregate"]);
  });
});

describe("templates", () => {
  it("reproduce the weighted events: 112 points, 100 at the ninetieth percentile", () => {
    const usage = [
      ...usageAt([1], { event: "Lead Created", count: 3 }),
      ...usageAt([2], { event: "Meeting Held", count: 5 }),
      ...usageAt([3], { event: "Call Logged", count: 10 }),
      ...usageAt([3], { event: "Something Else", count: 99 }),
    ];
    const facts = accountFacts({ usage });
    const model = WEIGHTED_EVENTS_MODEL;
    const signals = measureSignals({ facts, model, now: NOON });
    expect(signals[0]?.value).toBe(112);
    const norms = priorNorms(model, NOON);
    const at = (p90: number) => {
      const project = { raw_score: { ...(norms.project.raw_score as Distribution), p90 } };
      return scoreAccount({
        ...facts,
        signals,
        model,
        norms: { ...norms, project },
        now: NOON,
      }).score;
    };
    expect(at(112)).toBe(100);
    expect(at(208)).toBeCloseTo(
      1 + (99 * (1 - Math.exp((-2 * 112) / 208))) / (1 - Math.exp(-2)),
      9,
    );
  });

  it("weigh the five components 30, 25, 20, 15 and 10", () => {
    expect(FIVE_COMPONENTS_MODEL.components.map(({ label, weight }) => [label, weight])).toEqual([
      ["Daily usage", 0.3],
      ["Feature breadth", 0.25],
      ["Support sentiment", 0.2],
      ["NPS", 0.15],
      ["Contract growth", 0.1],
    ]);
  });

  it("keep log-ins alone from being healthy", () => {
    const usage = Array.from({ length: 60 }, (_, i) => i).flatMap((age) =>
      usageAt([age], { event: "Logged In", count: 50 }),
    );
    const facts = accountFacts({ usage });
    const signals = measureSignals({ facts, model: DEFAULT_MODEL, now: NOON });
    const norms = priorNorms(DEFAULT_MODEL, NOON);
    const scored = scoreAccount({ ...facts, signals, model: DEFAULT_MODEL, norms, now: NOON });
    expect(scored.tier).not.toBe("healthy");
    expect(scored.coverage).toBeGreaterThan(0.3);
  });
});

describe("diffModels", () => {
  it("tells what changed, by key", () => {
    const after = changed((m) => {
      (m.components[0] as { weight: number }).weight = 0.2;
      m.signals.reverse();
      m.overrides.pop();
      m.tiers.margin = 6;
    }) as ScoringModel;
    const paths = diffModels(DEFAULT_MODEL, after).map((one) => one.path);
    expect(paths).toContain("/components/usage/weight");
    expect(paths).toContain("/tiers/margin");
    expect(paths).toContain("/overrides/unhappy-users/cap");
    expect(paths.some((path) => path.startsWith("/signals"))).toBe(false);
  });

  it("has both sides where both exist, and nothing for the same model", () => {
    const after = { ...DEFAULT_MODEL, name: "Other" };
    expect(diffModels(DEFAULT_MODEL, after)).toEqual([
      { path: "/name", before: "Default", after: "Other" },
    ]);
    expect(diffModels(DEFAULT_MODEL, DEFAULT_MODEL)).toEqual([]);
  });
});

describe("lintModel", () => {
  const now = "2026-11-21T00:00:00Z";
  const calibrated = { ...DEFAULT_MODEL, calibratedAt: "2026-10-01T00:00:00Z" };
  const rules = (model: ScoringModel) => lintModel(model, now).map((remark) => remark.rule);

  it("has nothing to say about a calibrated default, and asks for calibration after 90 days", () => {
    expect(rules(calibrated)).toEqual([]);
    expect(rules(DEFAULT_MODEL)).toEqual(["not-calibrated"]);
    expect(rules({ ...calibrated, calibratedAt: "2026-08-22T00:00:00Z" })).toEqual([
      "not-calibrated",
    ]);
    expect(rules({ ...calibrated, calibratedAt: "2026-08-23T00:00:00Z" })).toEqual([]);
  });

  it("warns of a heavy component, one source, idle and overdue signals, and no reason", () => {
    const [usage] = calibrated.components;
    const one = {
      ...calibrated,
      components: [{ ...(usage as ComponentSpec), weight: 1 }],
      overrides: [],
      rationale: " ",
    } as ScoringModel;
    expect(new Set(rules(one))).toEqual(
      new Set(["heavy-component", "one-source", "unused-signal", "no-reason"]),
    );
    const signals = calibrated.signals.map((spec) => ({ ...spec, reviewBy: "2026-11-21" }));
    expect(rules({ ...calibrated, signals })).toEqual(Array(5).fill("review-due"));
  });

  it("does not call a signal unused that only a rule looks at", () => {
    const [usage] = calibrated.components;
    const model = { ...calibrated, components: [{ ...(usage as ComponentSpec), weight: 0.5 }] };
    const unused = lintModel(model, now).filter(({ rule }) => rule === "unused-signal");
    expect(unused.map(({ pointer }) => pointer)).toEqual(["/signals/2", "/signals/3"]);
  });

  it("warns of more than six signals", () => {
    const keys = ["a", "b", "c", "d", "e", "f", "g"];
    const model = {
      ...calibrated,
      signals: keys.map((key, i) => ({ ...(calibrated.signals[i % 5] as object), key })),
      components: [
        {
          ...(calibrated.components[0] as object),
          weight: 0.5,
          signals: keys.map((signal) => ({ signal })),
        },
      ],
      overrides: [],
    } as unknown as ScoringModel;
    expect(rules(model)).toEqual(["many-signals"]);
  });
});
