import { element } from "./element.ts";
import type { StepContext } from "./step-view.ts";

/** The row of buttons under a step: back on one side, the way on at the other. */
export function actionsOf({ messages, back }: StepContext, ...onward: HTMLElement[]): HTMLElement {
  const ways = back
    ? [
        element("button", { type: "button", class: "back", onclick: back }, messages.back),
        ...onward,
      ]
    : onward;
  return element("div", { class: "actions" }, ...ways);
}

/** The button that sends what was entered. */
export function sendButton(label: string, onclick: () => void): HTMLElement {
  return element("button", { type: "button", class: "send", onclick }, label);
}
