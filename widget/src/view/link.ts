import { element } from "./element.ts";
import { actionsOf } from "./field.ts";
import type { StepContext, StepOf } from "./step-view.ts";

/** A link that opens beside the page; following it is the answer. */
export function linkView(step: StepOf<"link">, context: StepContext): HTMLElement[] {
  const { href, label } = step;
  const isSafe = /^(https?:|mailto:|\/)/i.test(href);
  const link = element(
    "a",
    {
      className: "send entry",
      href: isSafe ? href : "#",
      target: "_blank",
      rel: "noopener",
      onclick: () => context.answer({ value: 1 }),
    },
    label,
  );
  return [actionsOf(context, link)];
}
