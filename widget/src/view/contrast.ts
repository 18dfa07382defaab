import type { Adopt } from "./styles.ts";

type Rgb = [red: number, green: number, blue: number];

/** What WCAG 2.2 asks of text, and of marks and focus rings. */
const TEXT_CONTRAST = 4.5;

/** Relative luminance of WCAG 2.2, 0–1, of a colour with channels 0–1. */
export function luminanceOf(color: Rgb): number {
  const [red, green, blue] = color.map((channel) =>
    channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  ) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of WCAG 2.2 between two colours, 1–21. */
export function contrastOf(one: Rgb, other: Rgb): number {
  const [low, high] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b) as [
    number,
    number,
  ];
  return (high + 0.05) / (low + 0.05);
}

/** The colour itself, or as much of `towards` mixed in as it takes to stand out from `ground`. */
export function standOut(color: Rgb, ground: Rgb, towards: Rgb): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const mixed = color.map((channel, at) => channel + (towards[at]! - channel) * share) as Rgb;
    if (contrastOf(mixed, ground) >= TEXT_CONTRAST) return mixed;
  }
  return towards;
}

const toCss = (color: Rgb) => `rgb(${color.map((channel) => Math.round(channel * 255)).join(" ")})`;

/** White where that is enough, else black: one of the two always has a contrast of 4.58 or more. */
const textOn = (ground: Rgb): Rgb =>
  contrastOf(ground, [1, 1, 1]) >= TEXT_CONTRAST ? [1, 1, 1] : [0, 0, 0];

/** Takes the survey's accent, and makes text readable: on it, of it, and on the page's own background. */
export function applyColors(card: HTMLElement, adopt: Adopt, accent: string | undefined): void {
  const sheet = adopt(".card{}.probe{color:color-mix(in srgb,var(--probe),var(--probe))}");
  const { style } = sheet.cssRules[0] as CSSStyleRule;
  const probe = document.createElement("i");
  probe.className = "probe";

  const read = (variable: string): Rgb => {
    style.setProperty("--probe", `var(${variable})`);
    const [red = 0, green = 0, blue = 0] = getComputedStyle(probe)
      .color.replace("srgb", "")
      .match(/[\d.]+/g)!
      .map(Number);
    return [red, green, blue];
  };

  card.append(probe);
  if (accent && CSS.supports("color", accent)) {
    style.setProperty("--accent", `var(--telltale-accent, ${accent})`);
  }
  const brand = read("--accent");
  const ground = read("--bg");
  style.setProperty("--on", toCss(textOn(brand)));
  if (contrastOf(read("--ink"), ground) < TEXT_CONTRAST) {
    style.setProperty("--ink", toCss(textOn(ground)));
  }
  const ink = read("--ink");
  style.setProperty("--soft", toCss(standOut(read("--soft"), ground, ink)));
  style.setProperty("--lit", toCss(standOut(brand, ground, ink)));
  probe.remove();
}
