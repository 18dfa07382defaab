import { afterEach, describe, expect, it, vi } from "vitest";
import { isDark } from "./theme.ts";

describe("isDark", () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([
    ["rgb(20, 20, 30)", true],
    ["rgb(250, 250, 250)", false],
    ["oklch(0.2 0.1 200)", true],
    ["oklch(0.9 0.1 200)", false],
    ["oklch(none none none)", true],
    ["oklab(0.2 -0.1 1.2e-05)", true],
    ["lab(20 -5 30)", true],
    ["lab(90 -5 30)", false],
    ["lch(20 30 none / 0.9)", true],
    ["color(display-p3 0.1 0.1 0.1)", true],
    ["color(display-p3 0.9 0.9 0.9)", false],
  ])("tells by the ground of the page: %s", (backgroundColor, expected) => {
    vi.spyOn(globalThis, "getComputedStyle").mockReturnValue({
      backgroundColor,
    } as CSSStyleDeclaration);
    expect(isDark("auto")).toBe(expected);
    expect([isDark("dark"), isDark("light")]).toEqual([true, false]);
  });
});
