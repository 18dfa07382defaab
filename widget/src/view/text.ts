import { button, element } from "./element.ts";
import { actionsOf, liftAboveKeyboard } from "./field.ts";
import type { StepContext, StepOf } from "./step-view.ts";

/** A field for free text; Ctrl or Cmd with Enter sends it. */
export function textView(step: StepOf<"text">, context: StepContext): HTMLElement[] {
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
  liftAboveKeyboard(field, context.root);
  return [field, actionsOf(context, button(messages.send, send, { className: "send" }))];
}
