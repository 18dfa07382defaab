import { button, element } from "./element.ts";
import type { StepContext } from "./step-view.ts";

/** The row of buttons under a step: back on one side, the way on at the other. */
export function actionsOf({ messages, back }: StepContext, ...onward: HTMLElement[]): HTMLElement {
  const ways = back ? [button(messages.back, back, { className: "back" }), ...onward] : onward;
  return element("div", { className: "actions" }, ...ways);
}
