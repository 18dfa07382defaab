/** Everything but the card and its faces; loaded when the first of it is needed. */

import type { SurveyStep } from "@telltale/protocol";
import { choiceView } from "./choice.ts";
import { element } from "./element.ts";
import { linkView } from "./link.ts";
import { marksView } from "./marks.ts";
import { moreStyles } from "./more-styles.ts";
import type { StepContext } from "./step-view.ts";
import { adopt } from "./styles.ts";
import { textView } from "./text.ts";
import { thanksView } from "./thanks.ts";

const styled = new WeakSet<ShadowRoot>();

function style(root: ShadowRoot): void {
  if (!styled.has(root)) adopt(root, moreStyles);
  styled.add(root);
}

function viewOf(step: SurveyStep | null, context: StepContext): HTMLElement {
  switch (step?.kind) {
    case "rating":
    case "nps":
    case "thumbs":
      return marksView(step, context);
    case "choice":
      return choiceView(step, context);
    case "text":
      return textView(step, context);
    case "link":
      return linkView(step, context);
    default:
      return thanksView(context);
  }
}

/** The controls of any step; null and `thanks` are the last words. */
export function controlsOf(step: SurveyStep | null, context: StepContext): HTMLElement {
  style(context.root);
  return viewOf(step, context);
}

/** Shows or hides why the person is asked, under the card's foot. */
export function toggleReason(
  button: Element,
  { root, messages }: Pick<StepContext, "root" | "messages">,
): void {
  style(root);
  const foot = button.parentElement;
  const old = foot?.nextElementSibling;
  if (old) old.remove();
  else foot?.after(element("p", { className: "why" }, messages.whyText));
  button.ariaExpanded = String(!old);
}
