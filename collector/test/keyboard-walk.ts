import type { Page } from "playwright-core";
import { shortenLists } from "./dashboard-browser.ts";

/** Further presses of Tab within one stop: the parts of a date, the inside of a frame. */
const INNER_PRESSES = 40;

/** What has the focus after a press of Tab. */
interface Stop {
  /** Place among all stops of the page, in the order of the document; -1: none of them. */
  at: number;
  name: string;
  hasRing: boolean;
  isInView: boolean;
}

/** Remembers in the page what the keyboard must reach. */
const REMEMBER = `(() => {
  const isChosen = (radio) => radio.checked || !document.querySelector(
    'input[type=radio][name="' + radio.name + '"]:checked');
  const seen = new Set();
  window.stops = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, iframe, [tabindex]")].filter((one) => {
    if (one.tabIndex < 0 || one.matches(":disabled, [type=hidden]") || !one.checkVisibility({ visibilityProperty: true })) return false;
    if (one.type !== "radio") return true;
    // A group of radios is one stop.
    if (seen.has(one.name) || !isChosen(one)) return false;
    seen.add(one.name);
    return true;
  });
  window.nameOf = (one) => (one.tagName + " " + (one.getAttribute("aria-label") ?? one.textContent.trim() ?? "") + " " + (one.id || one.name || "")).slice(0, 60);
  return window.stops.map(window.nameOf);
})()`;

const LOOK = `(() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return {
    at: window.stops.indexOf(one),
    name: window.nameOf(one),
    hasRing: one.tagName === "IFRAME" || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1),
    isInView: box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  };
})()`;

/**
 * Goes through a page with the Tab key alone, from its start.
 *
 * @returns how many stops there are, and a line for each that is not reached, shows no focus, or is
 * out of view with it
 */
export async function walkByKeyboard(page: Page): Promise<{ stops: number; faults: string[] }> {
  await shortenLists(page);
  const names = (await page.evaluate(REMEMBER)) as string[];
  const faults: string[] = [];
  const reached = new Set<number>();
  let last = -1;
  for (let press = 0; press < names.length + INNER_PRESSES; press += 1) {
    await page.keyboard.press("Tab");
    const stop = (await page.evaluate(LOOK)) as Stop | null;
    // Past the end the focus leaves the page, or begins anew.
    if (!stop || (stop.at >= 0 && stop.at < last)) break;
    if (stop.at < 0) {
      faults.push(`${stop.name} takes the focus, and should not`);
      continue;
    }
    if (stop.at !== last && !stop.hasRing) faults.push(`${stop.name} shows no focus`);
    if (stop.at !== last && !stop.isInView)
      faults.push(`${stop.name} is out of view with the focus`);
    reached.add(stop.at);
    last = stop.at;
  }
  names.forEach((name, at) => {
    if (!reached.has(at)) faults.push(`${name} is not reached`);
  });
  return { stops: names.length, faults };
}
