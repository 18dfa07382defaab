import { button, element } from "./element.ts";
import { actionsOf, liftAboveKeyboard } from "./field.ts";
import type { StepContext, StepOf } from "./step-view.ts";

/** A field for free text; Ctrl or Cmd with Enter sends it. */
function textView(step: StepOf<"text">, context: StepContext): HTMLElement[] {
  const { messages } = context;
  const send = () => {
    const text = field.value.trim();
    if (text || step.isOptional) context.answer(text ? { text } : {});
    else field.focus();
  };
  const field = element("textarea", {
    className: "entry",
    rows: 3,
    maxLength: step.maxLength,
    placeholder: step.placeholder ?? (step.isOptional ? messages.optional : ""),
    ariaLabel: context.question,
    ariaRequired: String(!step.isOptional),
    onkeydown(event) {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
    },
  });
  liftAboveKeyboard(field, context);
  return [field, actionsOf(context, button(messages.send, send, { className: "send" }))];
}

/** A link that opens beside the page; following it is the answer. */
function linkView({ href, label }: StepOf<"link">, context: StepContext): HTMLElement[] {
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

/** A step that more than a tap answers. */
export function controlsOf(
  step: StepOf<"text"> | StepOf<"link">,
  context: StepContext,
): HTMLElement[] {
  return step.kind === "text" ? textView(step, context) : linkView(step, context);
}
