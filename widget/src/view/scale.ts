import { button, element } from "./element.ts";
import { type Mark, marksOf } from "./marks.ts";
import type { ScaleStep, StepContext, StepOf } from "./step-view.ts";

function rowOf(marks: Mark[], display: string, { question, answer }: StepContext): HTMLElement {
  return element(
    "div",
    { role: "radiogroup", className: `marks ${display} of${marks.length}`, ariaLabel: question },
    ...marks.map(({ value, name, shown }) => {
      const choose = () => {
        mark.ariaChecked = "true";
        answer({ value });
      };
      const mark = button(shown, choose, {
        role: "radio",
        ariaChecked: "false",
        ariaLabel: name,
      });
      return mark;
    }),
  );
}

/**
 * A row of marks as a radio group, be they faces, stars, numbers or thumbs: Space, Enter or a tap
 * choose and thereby answer.
 */
export async function scaleView(step: ScaleStep, context: StepContext): Promise<HTMLElement[]> {
  const { kind, lowLabel = "", highLabel = "" } = step as StepOf<"nps">;
  const display = step.kind === "rating" ? step.display : kind;
  const marks = /stars|thumbs/.test(display)
    ? await (await import("./drawn.ts")).drawnMarksOf(step, context)
    : marksOf(step, display, context.messages);
  const view = [rowOf(marks, display, context)];
  if (lowLabel || highLabel) {
    const labels = [lowLabel, highLabel].map((label) => element("span", {}, label));
    view.push(element("div", { className: "ends" }, ...labels));
  }
  if (context.back) view.push((await import("./field.ts")).actionsOf(context));
  return view;
}
