import type { SurveyAppearance } from "@telltale/protocol";

/** Share of full brightness, 0–1, of a computed colour; null when it is transparent or exotic. */
function brightnessOf(color: string): number | null {
  const [a = 0, b = 0, c = 0, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
  if (alpha < 0.5) return null;
  if (color.startsWith("rgb")) return (a + 2 * b + c) / 1020;
  return color.startsWith("ok") ? a : null;
}

/**
 * Whether a prompt is drawn dark. `auto` looks like the page it stands on: by the page's background
 * where it has one, else by the person's system.
 */
export function isDark(theme: SurveyAppearance["theme"]): boolean {
  if (theme !== "auto") return theme === "dark";
  for (const ground of [document.body, document.documentElement]) {
    const brightness = brightnessOf(getComputedStyle(ground).backgroundColor);
    if (brightness !== null) return brightness < 0.5;
  }
  return matchMedia("(prefers-color-scheme:dark)").matches;
}
