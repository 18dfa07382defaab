/** What a prompt needs once somebody turns to it, with the pointer, the focus or the hotkey. */

import { attendStyles } from "./attend-styles.ts";
import { element } from "./element.ts";
import type { StepContext, StepOf } from "./step-view.ts";
import type { Adopt } from "./styles.ts";

/**
 * Makes a radio group one stop for Tab in which arrows move without choosing. With native radios an
 * arrow chooses, and where a choice answers, the later options are out of reach.
 */
function roveWithArrows(event: KeyboardEvent, forward: 1 | -1): void {
  const from = event.target as HTMLElement;
  const buttons = [...(from.closest("[role=radiogroup]")?.children ?? [])] as HTMLElement[];
  const by = { Down: 1, Up: -1, Right: forward, Left: -forward }[event.key?.slice(5) ?? ""];
  const to = by && buttons.at((buttons.indexOf(from) + by) % buttons.length);
  if (!to) return;
  event.preventDefault();
  from.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}

/** Leaves one stop for Tab in each radio group: where the focus is, else the first. */
function roveFrom(root: ShadowRoot): void {
  for (const group of root.querySelectorAll("[role=radiogroup]")) {
    const marks = [...group.children] as HTMLElement[];
    const stops = marks.filter((mark) => mark.tabIndex === 0);
    const stop = stops.find((mark) => mark === root.activeElement) ?? stops[0];
    for (const mark of stops) mark.tabIndex = mark === stop ? 0 : -1;
  }
}

/** Leads a focus that has just come into the card on to where an answer begins. */
function leadOn(root: ShadowRoot): void {
  // On a touch screen the focus in a field would bring up the keyboard, uninvited.
  if (!root.activeElement?.matches(".box") || matchMedia("(pointer:coarse)").matches) return;
  root.querySelector<HTMLElement>(".marks [tabindex='0'],.entry")?.focus({ preventScroll: true });
}

/** A card that somebody turned to. */
export interface Attention {
  /** Shows or hides, right after its button, why the person is asked. */
  toggleReason(button: Element, reason: string): void;
}

/** What a card is for somebody who turns to it. */
export interface AttendedCard {
  root: ShadowRoot;
  adopt: Adopt;
  direction: "ltr" | "rtl";
  dismiss(): void;
}

/** Gives a card its keyboard and the looks of what is pointed at; for each step anew. */
export function attend({ root, adopt, direction, dismiss }: AttendedCard): Attention {
  adopt(attendStyles);
  roveFrom(root);
  const card = root.querySelector<HTMLElement>(".card");
  if (card) {
    card.onkeydown = (event) => {
      if (event.key === "Escape" && !event.isComposing) dismiss();
      else roveWithArrows(event, direction === "rtl" ? -1 : 1);
    };
  }
  leadOn(root);
  return {
    toggleReason(button, reason) {
      const told = button.nextElementSibling;
      if (told) told.remove();
      else button.after(element("div", { className: "why" }, reason));
      button.ariaExpanded = String(!told);
    },
  };
}

/** The thanks stay this long unless somebody is looking after them, in milliseconds. */
const THANKS_MS = 4_000;

/** The last words; they go by themselves, but not under the pointer or the focus of somebody. */
export function controlsOf(
  _step: StepOf<"thanks"> | null,
  { root, remove }: StepContext,
): HTMLElement[] {
  const closeSoon = () =>
    setTimeout(() => {
      const card = root.querySelector(".card");
      if (card?.matches(":hover,:has(:focus-visible)") || document.hidden) closeSoon();
      else if (root.host.isConnected) remove();
    }, THANKS_MS);
  closeSoon();
  return [];
}
