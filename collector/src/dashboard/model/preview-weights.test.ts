import { describe, expect, it } from "vitest";
import { previewWeights } from "./preview-weights.ts";

const row = (values: Record<string, number>, score: number, override = 0) => ({
  accountId: "acme",
  name: "Acme",
  score,
  tier: "healthy" as const,
  values,
  override,
});
const trial = (weights: Record<string, number>) => ({
  weights: new Map(Object.entries(weights)),
  healthyFrom: 70,
  criticalBelow: 40,
});

describe("previewWeights", () => {
  it("tells which accounts would change tier, and by how much", () => {
    const preview = previewWeights(
      [row({ usage: 90, answers: 30 }, 75)],
      trial({ usage: 1, answers: 3 }),
    );
    expect(preview.after).toMatchObject({ healthy: 0, at_risk: 1 });
    expect(preview.moves).toEqual([
      expect.objectContaining({ from: "healthy", to: "at_risk", score: 75, next: 45 }),
    ]);
  });

  it("gives a missing component's weight to the others", () => {
    const { moves } = previewWeights([row({ usage: 90 }, 90)], trial({ usage: 1, answers: 9 }));
    expect(moves).toEqual([]);
  });

  it("keeps a cap where it was", () => {
    const capped = row({ usage: 100, answers: 20 }, 65, -15);
    const { after } = previewWeights([capped], trial({ usage: 1, answers: 0 }));
    expect(after.healthy).toBe(0);
  });

  it("has no number for an account of which nothing that counts is known", () => {
    const { after } = previewWeights([row({ answers: 50 }, 50)], trial({ usage: 1 }));
    expect(after.unknown).toBe(1);
  });
});
