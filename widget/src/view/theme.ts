import type { SurveyAppearance } from "@telltale/protocol";

/**
 * Whether a prompt is drawn dark. `auto` looks like the page it stands on: by the page's background
 * where it has one, else by the person's system.
 */
export function isDark(theme: SurveyAppearance["theme"]): boolean {
  if (theme !== "auto") return theme === "dark";
  for (const ground of [document.body, document.documentElement]) {
    const color = getComputedStyle(ground).backgroundColor;
    // Its numbers, `none` as 0; those in the names of colour spaces stand behind a letter or a dash.
    const parts = color.match(/(?<=[( ])[-.\den]+/g)!.map((part) => +part || 0);
    const [first, green, blue, alpha = 1] = parts as [number, number, number, number?];
    if (alpha > 0.5) {
      // What is not rgb() begins with a lightness, or a channel, from 0 to 1; in lab() and lch() to 100.
      return color[0] === "r"
        ? first + 2 * green + blue < 510
        : first < (color[0] === "l" ? 50 : 0.5);
    }
  }
  return matchMedia("(prefers-color-scheme:dark)").matches;
}
