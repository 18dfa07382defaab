import { describe, expect, it } from "vitest";
import type { ScoredAccount } from "../scored-account.ts";
import { noteAccount } from "./account-notes.ts";

function scoredWith(values: Record<string, number>): ScoredAccount {
  const signals = Object.entries(values).map(([key, value]) => ({
    key,
    label: key,
    value,
    unit: "",
    sampleSize: 1,
    observedAt: 0,
    status: "ok" as const,
    normalized: 100 * value,
    effectiveWeight: 1,
  }));
  return { components: [{ signals }] } as unknown as ScoredAccount;
}

const kinds = (values: Record<string, number>, tier: "healthy" | "at_risk" = "healthy") =>
  noteAccount(scoredWith(values), tier).map((note) => note.kind);

describe("noteAccount", () => {
  it("sees room to grow in healthy accounts only", () => {
    const [note] = noteAccount(
      scoredWith({ velocity: Math.log(1.25), seat_coverage: 0.95 }),
      "healthy",
    );
    expect(note?.sentence).toBe("Healthy, and use grows by 25 % and 95 % of seats are in use");
    expect(kinds({ velocity: 0.3 }, "at_risk")).toEqual([]);
    expect(kinds({ velocity: 0.1, seat_coverage: 0.5 })).toEqual([]);
  });

  it("sees effort that leads nowhere", () => {
    expect(kinds({ feature_breadth: 0.8, task_completion: 0.2 })).toEqual([
      "explores-without-outcome",
    ]);
    expect(kinds({ feature_breadth: 0.8, task_completion: 0.9 })).toEqual([]);
    expect(kinds({ feature_breadth: 0.8 })).toEqual([]);
  });
});
