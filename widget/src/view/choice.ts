import type { ChoiceField } from "./choice-field.ts";
import { choiceStyles } from "./choice-styles.ts";
import { button, element } from "./element.ts";
import type { StepContext, StepOf } from "./step-view.ts";

const OTHER = "other";

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
export async function controlsOf(
  step: StepOf<"choice">,
  context: StepContext,
): Promise<HTMLElement[]> {
  const { adopt, messages, question, back } = context;
  const { isMultiple, hasOther } = step;
  adopt(choiceStyles);
  let more: ChoiceField | undefined;

  const choose = (option: HTMLButtonElement) => {
    if (!isMultiple) for (const other of options) other.ariaChecked = "false";
    option.ariaChecked = String(option.ariaChecked !== "true");
    if (option.value === OTHER) more?.toggle(option.ariaChecked === "true");
    else if (!isMultiple) context.answer({ choices: [option.value] });
  };

  const options = optionsOf(step, messages.other).map(({ value, label }, at) => {
    const option = button(label, () => choose(option), {
      role: isMultiple ? "checkbox" : "radio",
      ariaChecked: "false",
      className: at === 0 ? "entry" : "",
      value,
    });
    return option;
  });
  const role = isMultiple ? "group" : "radiogroup";
  const list = element("div", { role, className: "options", ariaLabel: question }, ...options);
  if (!isMultiple && !hasOther && !back) return [list];
  const { choiceFieldOf } = await import("./choice-field.ts");
  more = choiceFieldOf(step, context, options);
  return [list, ...more.controls];
}
