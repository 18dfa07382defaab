import { choiceStyles } from "./choice-styles.ts";
import { button, element } from "./element.ts";
import { actionsOf, liftAboveKeyboard } from "./field.ts";
import { roveWithArrows } from "./roving.ts";
import type { StepContext, StepOf } from "./step-view.ts";
import { adoptOnce } from "./styles.ts";

const OTHER = "other";
const OTHER_LENGTH = 500;

/** The order of shuffled options, which stays when somebody goes back. */
const orders = new WeakMap<StepOf<"choice">, StepOf<"choice">["options"]>();

function optionsOf(step: StepOf<"choice">, other: string): StepOf<"choice">["options"] {
  let options = orders.get(step);
  if (!options) {
    options = [...step.options];
    for (let at = options.length - 1; step.isShuffled && at > 0; at -= 1) {
      const from = Math.floor(Math.random() * (at + 1));
      [options[at], options[from]] = [options[from]!, options[at]!];
    }
    orders.set(step, options);
  }
  return step.hasOther ? [...options, { value: OTHER, label: other }] : options;
}

/** One or several of a few options; "other" opens a field. A single option is sent with one tap. */
export function controlsOf(step: StepOf<"choice">, context: StepContext): HTMLElement[] {
  const { root, messages, direction, question } = context;
  adoptOnce(root, choiceStyles);
  const field = element("input", {
    type: "text",
    hidden: true,
    maxLength: OTHER_LENGTH,
    ariaLabel: messages.other,
    onkeydown(event) {
      if (event.key === "Enter" && !event.isComposing) send();
    },
  });
  liftAboveKeyboard(field, root);

  const choose = (option: HTMLButtonElement) => {
    if (!step.isMultiple) for (const other of options) other.ariaChecked = "false";
    option.ariaChecked = String(option.ariaChecked !== "true");
    if (option.value === OTHER) {
      field.hidden = option.ariaChecked === "false";
      actions.hidden = false;
      field.focus();
    } else if (!step.isMultiple) context.answer({ choices: [option.value] });
  };

  const options = optionsOf(step, messages.other).map(({ value, label }, at) => {
    const option = button(label, () => choose(option), {
      role: step.isMultiple ? "checkbox" : "radio",
      ariaChecked: "false",
      className: at === 0 ? "entry" : "",
      value,
    });
    return option;
  });

  const send = () => {
    const choices = options.filter((option) => option.ariaChecked === "true").map((o) => o.value);
    const text = choices.includes(OTHER) && field.value.trim();
    if (choices[0]) context.answer(text ? { choices, text } : { choices });
    else options[0]?.focus();
  };

  const actions = actionsOf(context, button(messages.send, send, { className: "send" }));
  actions.hidden = !step.isMultiple && !context.back;
  const list = element(
    "div",
    {
      role: step.isMultiple ? "group" : "radiogroup",
      className: "options",
      ariaLabel: question,
    },
    ...options,
  );
  if (!step.isMultiple) roveWithArrows(list, direction);
  return [list, field, actions];
}
