/** Everything but the card and a row of marks; loaded when the first of it is needed. */

import type { SurveyStep } from "@telltale/protocol";
import { drawing, element } from "./element.ts";
import { moreStyles } from "./more-styles.ts";
import type { StepContext, StepOf } from "./step-view.ts";
import { adopt } from "./styles.ts";
import { textView } from "./text.ts";

/** The thanks stay this long unless somebody is looking after them, in milliseconds. */
const THANKS_MS = 4_000;
const CHECK = "M4 12.5l5.5 5.5L20 7";

const styled = new WeakSet<ShadowRoot>();

function style(root: ShadowRoot): void {
  if (!styled.has(root)) adopt(root, moreStyles);
  styled.add(root);
}

/** Removes the card after a while, but not under the eyes, the pointer or the focus of somebody. */
function closeSoon(inside: Element, remove: () => void): void {
  setTimeout(() => {
    const card = inside.closest(".card");
    if (!card?.isConnected) return;
    if (card.matches(":hover,:has(:focus-visible)") || document.hidden) closeSoon(inside, remove);
    else remove();
  }, THANKS_MS);
}

/** The controls of any step but a row of marks; null and `thanks` are the last words. */
export function controlsOf(
  root: ShadowRoot,
  step: SurveyStep | null,
  context: Omit<StepContext, "step">,
  remove: () => void,
): HTMLElement {
  style(root);
  if (step?.kind === "text") return textView({ ...context, step } as StepContext<StepOf<"text">>);
  const done = element("div", { class: "done" }, drawing(CHECK));
  closeSoon(done, remove);
  return done;
}

/** Shows or hides why the person is asked, under the card's foot. */
export function toggleReason(root: ShadowRoot, button: Element, text: string): void {
  style(root);
  const foot = button.parentElement;
  const old = foot?.nextElementSibling;
  if (old) old.remove();
  else foot?.after(element("p", { class: "why" }, text));
  button.setAttribute("aria-expanded", String(!old));
}
