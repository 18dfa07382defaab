import type { SurveyAppearance } from "@telltale/protocol";

/** Changes the look of a card that stands on the page; returns the way to end it. */
export type Dresser = (card: HTMLElement, appearance: SurveyAppearance) => () => void;

/** Loads what only some looks need: an own accent colour, a place beside an element. */
export function dressersFor({ accent, anchor }: SurveyAppearance): Promise<Dresser[]> {
  const token = getComputedStyle(document.documentElement).getPropertyValue("--telltale-accent");
  const wanted: Promise<Dresser>[] = [];
  if (accent || token) wanted.push(import("./contrast.ts").then((loaded) => loaded.contrast));
  if (anchor) wanted.push(import("./beside.ts").then((loaded) => loaded.beside));
  return Promise.all(wanted);
}
