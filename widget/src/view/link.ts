import { actionsOf } from "./actions.ts";
import { element } from "./element.ts";
import type { StepContext, StepOf } from "./step-view.ts";

/** A link that opens beside the page; following it is the answer. */
export function linkView(step: StepOf<"link">, context: StepContext): HTMLElement {
  const { href, label } = step;
  const isSafe = /^(https?:|mailto:|\/)/i.test(href);
  const link = element(
    "a",
    {
      class: "send entry",
      href: isSafe ? href : "#",
      target: "_blank",
      rel: "noopener",
    },
    label,
  );
  link.onclick = () => context.answer({ value: 1 });
  return actionsOf(context, link);
}
