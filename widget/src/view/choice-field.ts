import { button, element } from "./element.ts";
import { actionsOf, liftAboveKeyboard } from "./field.ts";
import type { StepContext, StepOf } from "./step-view.ts";

const OTHER_LENGTH = 500;

/** What a choice needs beside its options where one tap does not answer it. */
export interface ChoiceField {
  controls: HTMLElement[];
  /** Opens the field for "other", or closes it. */
  toggle(isChosen: boolean): void;
}

/** Makes the field for "other" and the row of buttons under some options. */
export function choiceFieldOf(
  step: StepOf<"choice">,
  context: StepContext,
  options: HTMLButtonElement[],
): ChoiceField {
  const { messages, back, answer } = context;
  const send = () => {
    const choices = options.filter((option) => option.ariaChecked === "true").map((o) => o.value);
    const text = choices.includes("other") && field.value.trim();
    if (choices[0]) answer(text ? { choices, text } : { choices });
    else options[0]?.focus();
  };
  const field = element("input", {
    type: "text",
    hidden: true,
    maxLength: OTHER_LENGTH,
    ariaLabel: messages.other,
    onkeydown(event) {
      if (event.key === "Enter" && !event.isComposing) send();
    },
  });
  liftAboveKeyboard(field, context);
  const actions = actionsOf(context, button(messages.send, send, { className: "send" }));
  actions.hidden = !step.isMultiple && !back;
  return {
    controls: [field, actions],
    toggle(isChosen) {
      field.hidden = !isChosen;
      actions.hidden = false;
      field.focus();
    },
  };
}
