import type { SurveyAppearance } from "@telltale/protocol";

/**
 * Whether a prompt is drawn dark. `auto` looks like the page it stands on: by the page's background
 * where it has one, else by the person's system.
 */
export function isDark(theme: SurveyAppearance["theme"]): boolean {
  if (theme !== "auto") return theme === "dark";
  for (const ground of [document.body, document.documentElement]) {
    const color = getComputedStyle(ground).backgroundColor;
    const [first = 0, green = 0, blue = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
    // What is not rgb() begins with a lightness from 0 to 1, as oklch() does.
    if (alpha > 0.5) return color[0] === "r" ? first + 2 * green + blue < 510 : first < 0.5;
  }
  return matchMedia("(prefers-color-scheme:dark)").matches;
}
