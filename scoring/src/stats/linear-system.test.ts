import { describe, expect, it } from "vitest";
import { solvePositive } from "./linear-system.ts";

describe("solvePositive", () => {
  it("solves a system whose solution is known", () => {
    const matrix = [
      Float64Array.of(4, 12, -16),
      Float64Array.of(12, 37, -43),
      Float64Array.of(-16, -43, 98),
    ];
    const right = [4 + 24 - 48, 12 + 74 - 129, -16 - 86 + 294]; // A·(1, 2, 3)
    const solution = solvePositive(matrix, right);
    [1, 2, 3].forEach((value, i) => {
      expect(solution[i]).toBeCloseTo(value, 9);
    });
  });

  it("refuses a matrix that is not positive definite", () => {
    expect(() => solvePositive([Float64Array.of(0)], [1])).toThrow(RangeError);
  });
});
