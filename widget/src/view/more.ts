/** What comes after the first tap, and the steps that need more than one. */

import type { SurveyStep } from "@telltale/protocol";
import { element } from "./element.ts";
import { fieldStyles } from "./field-styles.ts";
import { linkView } from "./link.ts";
import type { StepContext } from "./step-view.ts";
import { adoptOnce } from "./styles.ts";
import { textView } from "./text.ts";
import { thanksView } from "./thanks.ts";

/** The controls of a step; null and `thanks` are the last words. */
export function controlsOf(step: SurveyStep | null, context: StepContext): HTMLElement[] {
  if (step?.kind === "text") return textView(step, context);
  return step?.kind === "link" ? linkView(step, context) : thanksView(context);
}

/** Shows or hides, above the card's foot, why the person is asked. */
export function toggleReason(
  button: Element,
  { root, messages }: Pick<StepContext, "root" | "messages">,
): void {
  adoptOnce(root, fieldStyles);
  const foot = button.parentElement;
  const old = foot?.previousElementSibling;
  const isOpen = old?.className === "why";
  if (isOpen) old.remove();
  else foot?.before(element("div", { className: "why" }, messages.whyText));
  button.ariaExpanded = String(!isOpen);
}
