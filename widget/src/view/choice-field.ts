import { element } from "./element.ts";
import type { StepContext, StepOf } from "./step-view.ts";
import { sendButtonOf } from "./typed.ts";

const OTHER_LENGTH = 500;

/** What a choice needs beside its options where one tap does not answer it. */
export interface ChoiceField {
  controls: HTMLElement[];
  /** Opens the field for "other", or closes it. */
  toggle(isChosen: boolean): void;
}

/** Makes the field for "other" and the button that sends. */
export function choiceFieldOf(
  step: StepOf<"choice">,
  context: StepContext,
  chosen: () => string[],
): ChoiceField {
  const submit = () => {
    const choices = chosen();
    const text = choices.includes("other") && field.value.trim();
    if (choices[0]) context.answer(text ? { choices, text } : { choices });
    else context.root.querySelector<HTMLElement>(".options button")?.focus();
  };
  const field = element("input", {
    type: "text",
    hidden: true,
    maxLength: OTHER_LENGTH,
    ariaLabel: context.messages.other,
    onkeydown(event) {
      if (event.key === "Enter" && !event.isComposing) submit();
    },
  });
  const send = sendButtonOf(context, submit);
  send.hidden = !step.isMultiple;
  return {
    controls: [field, send],
    toggle(isChosen) {
      field.hidden = !isChosen;
      send.hidden = false;
      field.focus();
    },
  };
}
