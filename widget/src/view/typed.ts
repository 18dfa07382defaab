import { button, element } from "./element.ts";
import type { StepContext, StepOf } from "./step-view.ts";
import { typedStyles } from "./typed-styles.ts";

/** The button that sends an answer, under what was typed or chosen. */
export function sendButtonOf({ adopt, messages }: StepContext, send: () => void): HTMLElement {
  adopt(typedStyles);
  return button(messages.send, send, { className: "send" });
}

/** A field for free text; Ctrl or Cmd with Enter sends it. */
function textView(step: StepOf<"text">, context: StepContext): HTMLElement[] {
  const send = () => {
    const text = field.value.trim();
    if (text || step.isOptional) context.answer(text ? { text } : {});
    else field.focus();
  };
  const field = element("textarea", {
    className: "entry",
    rows: 3,
    maxLength: step.maxLength,
    placeholder: step.placeholder ?? (step.isOptional ? context.messages.optional : ""),
    ariaLabel: context.question,
    ariaRequired: String(!step.isOptional),
    onkeydown(event) {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
    },
  });
  return [field, sendButtonOf(context, send)];
}

/** A link that opens beside the page; following it is the answer. */
function linkView(
  { href, label }: StepOf<"link">,
  { adopt, answer, question }: StepContext,
): HTMLElement[] {
  adopt(typedStyles);
  const isSafe = /^(https?:|mailto:|\/)/i.test(href);
  const link = element(
    "a",
    {
      className: "send entry",
      href: isSafe ? href : "#",
      target: "_blank",
      rel: "noopener",
      ariaDescription: question,
      onclick: () => answer({ value: 1 }),
    },
    label,
  );
  return [link];
}

/** A step that more than a tap answers. */
export function controlsOf(
  step: StepOf<"text"> | StepOf<"link">,
  context: StepContext,
): HTMLElement[] {
  return step.kind === "text" ? textView(step, context) : linkView(step, context);
}
