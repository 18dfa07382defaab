import type { SurveyAppearance } from "@telltale/protocol";

/**
 * Whether a prompt is drawn dark. `auto` looks like the page it stands on: by the page's background
 * where it has one, else by the person's system.
 */
export function isDark(theme: SurveyAppearance["theme"]): boolean {
  if (theme !== "auto") return theme === "dark";
  for (const ground of [document.body, document.documentElement]) {
    const color = getComputedStyle(ground).backgroundColor;
    const parts = color.split(/[(, /]+/).map(Number.parseFloat);
    const [first = 0, green, blue, alpha = 1] = parts.filter((part) => part > -9);
    // What is not rgb() begins with a lightness, or a channel, from 0 to 1; lab() and lch() pass for light.
    if (alpha > 0.5) return color[0] === "r" ? first + 2 * green! + blue! < 510 : first < 0.5;
  }
  return matchMedia("(prefers-color-scheme:dark)").matches;
}
