import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contrastOf, luminanceOf, standOut } from "./contrast.ts";

type Rgb = [number, number, number];
const white: Rgb = [1, 1, 1];
const black: Rgb = [0, 0, 0];
const channel = fc.double({ min: 0, max: 1, noNaN: true });
const color = fc.tuple(channel, channel, channel);

describe("contrastOf", () => {
  // Values of the formulas in WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
  it("knows the two ends and the grey next to the limit", () => {
    expect(contrastOf(black, white)).toBeCloseTo(21, 5);
    expect(contrastOf(white, white)).toBe(1);
    const grey = 0x77 / 255;
    expect(contrastOf([grey, grey, grey], white)).toBeCloseTo(4.48, 2);
    expect(luminanceOf([1, 0, 0])).toBeCloseTo(0.2126, 4);
  });

  it("has white or black readable on any colour", () => {
    fc.assert(
      fc.property(color, (ground) => {
        const best = Math.max(contrastOf(ground, white), contrastOf(ground, black));
        expect(best).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});

describe("standOut", () => {
  it("leaves a colour that stands out as it is", () => {
    expect(standOut([0, 0, 0.5], white, black)).toEqual([0, 0, 0.5]);
  });

  it("makes any colour readable on a light and on a dark ground", () => {
    fc.assert(
      fc.property(color, (accent) => {
        const dark: Rgb = [0.1, 0.11, 0.14];
        expect(contrastOf(standOut(accent, white, black), white)).toBeGreaterThanOrEqual(4.5);
        expect(contrastOf(standOut(accent, dark, white), dark)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});
