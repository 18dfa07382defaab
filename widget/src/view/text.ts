import { element } from "./element.ts";
import type { StepContext, StepOf } from "./step-view.ts";

/** A free text with a button that sends it; Ctrl or Cmd with Enter sends too. */
export function textView(context: StepContext<StepOf<"text">>): HTMLElement {
  const { step, messages } = context;
  const send = () => {
    const text = field.value.trim();
    if (text || step.isOptional) context.answer(text ? { text } : {});
    else field.focus();
  };
  const field = element("textarea", {
    rows: 3,
    maxlength: step.maxLength,
    placeholder: step.placeholder,
    "aria-labelledby": context.questionId,
    "aria-required": String(!step.isOptional),
    onkeydown: (event: KeyboardEvent) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
    },
  });
  return element(
    "div",
    { class: "stack" },
    field,
    element("button", { type: "button", class: "send", onclick: send }, messages.send),
  );
}
