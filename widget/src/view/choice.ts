import type { ChoiceField } from "./choice-field.ts";
import { choiceStyles } from "./choice-styles.ts";
import { group } from "./element.ts";
import type { StepContext, StepOf } from "./step-view.ts";

const OTHER = "other";

type Options = StepOf<"choice">["options"];

/** What was offered for a step: somebody who comes back to it meets the same order. */
const offers = new WeakMap<StepOf<"choice">, Options>();

/** The options as they are offered, "other" last. */
function optionsOf(step: StepOf<"choice">, other: string): Options {
  let options = offers.get(step);
  if (options) return options;
  options = [...step.options];
  for (let at = options.length - 1; step.isShuffled && at > 0; at -= 1) {
    const from = Math.floor(Math.random() * (at + 1));
    [options[at], options[from]] = [options[from]!, options[at]!];
  }
  if (step.hasOther) options.push({ value: OTHER, label: other });
  offers.set(step, options);
  return options;
}

/** One or several of a few options; "other" opens a field. A single option is sent with one tap. */
export async function controlsOf(
  step: StepOf<"choice">,
  context: StepContext,
): Promise<HTMLElement[]> {
  const { adopt, messages, question, answer } = context;
  const { isMultiple, hasOther } = step;
  adopt(choiceStyles);
  let more: ChoiceField | undefined;

  const offered = optionsOf(step, messages.other);
  const list = group(
    { className: "options", ariaLabel: question, role: isMultiple ? "checkbox" : "radio" },
    offered.map(({ value, label }) => ({ value, shown: label })),
    (option, { value }) => {
      if (!isMultiple) for (const other of list.children) other.ariaChecked = "false";
      option.ariaChecked = String(option.ariaChecked !== "true");
      if (value === OTHER) more?.toggle(option.ariaChecked === "true");
      else if (!isMultiple) answer({ choices: [value] });
    },
  );
  if (!isMultiple && !hasOther) return [list];
  const { choiceFieldOf } = await import("./choice-field.ts");
  const chosen = () =>
    offered.filter((_, at) => list.children[at]!.ariaChecked === "true").map(({ value }) => value);
  more = choiceFieldOf(step, context, chosen);
  return [list, ...more.controls];
}
