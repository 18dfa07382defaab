import type { SurveyAppearance } from "@telltale/protocol";

/** Below this share of full brightness a page counts as dark. */
const DARK_BELOW = 0.5;

/**
 * Whether a prompt is drawn dark. `auto` looks like the page it stands on: by the page's background
 * where it has one, else by the person's system.
 */
export function isDark(theme: SurveyAppearance["theme"]): boolean {
  if (theme !== "auto") return theme === "dark";
  for (const ground of [document.body, document.documentElement]) {
    const color = getComputedStyle(ground).backgroundColor;
    const [red, green, blue, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
    if (!color.startsWith("rgb") || blue === undefined || alpha < 0.5) continue;
    return (red! * 0.3 + green! * 0.59 + blue * 0.11) / 255 < DARK_BELOW;
  }
  return matchMedia("(prefers-color-scheme: dark)").matches;
}
