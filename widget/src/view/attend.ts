/** What a prompt needs once somebody turns to it, with the pointer, the focus or the hotkey, or has answered it. */

import type { SurveyContent } from "@telltale/protocol";
import type { SurveySession } from "../session.ts";
import { attendStyles } from "./attend-styles.ts";
import { element } from "./element.ts";
import { showNext } from "./follow.ts";
import { liftAboveKeyboard } from "./lift.ts";
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
  root
    .querySelector<HTMLElement>(".marks [tabindex='0'],.options button,.entry")
    ?.focus({ preventScroll: true });
}

/** A card that somebody turned to. */
export interface Attention {
  /** Shows or hides, right after its button, why the person is asked. */
  toggleReason(): void;
  /** Shows the step that the session is at now. */
  showNext(): Promise<void>;
}

/** What the card lends to the parts that are loaded later. */
export interface AttendedCard {
  root: ShadowRoot;
  adopt: Adopt;
  content: SurveyContent;
  session: SurveySession;
  /** Draws the open step, and returns the box it is in. */
  draw(): Promise<HTMLElement>;
  /** Leads to another step, unless something has led there already, and shows it after a pause in milliseconds. */
  move(lead: () => void, pauseMs: number): void;
  remove(): void;
}

/** Gives a card its keyboard and the looks of what is pointed at; for each step anew. */
export function attend(attended: AttendedCard): Attention {
  const { root, adopt, content } = attended;
  adopt(attendStyles);
  roveFrom(root);
  const card = root.querySelector<HTMLElement>(".card");
  if (card) {
    card.onkeydown = (event) => roveWithArrows(event, content.direction === "rtl" ? -1 : 1);
  }
  leadOn(root);
  const field = root.activeElement;
  if (field?.matches("textarea,input")) liftAboveKeyboard(field, adopt);
  return {
    toggleReason() {
      const button = root.querySelector("[aria-expanded]") as Element;
      const told = button.nextElementSibling;
      if (told) told.remove();
      else button.after(element("div", { className: "why" }, content.messages.whyText));
      button.ariaExpanded = String(!told);
    },
    showNext: () => showNext(attended),
  };
}
