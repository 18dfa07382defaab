import type { SurveyMessages } from "@telltale/protocol";
import { button, drawing, element } from "./element.ts";
import { roveWithArrows } from "./roving.ts";
import type { ScaleStep, StepContext, StepOf } from "./step-view.ts";

/** One place on a scale. */
export interface Mark {
  value: number;
  /** For screen readers. */
  name: string;
  shown: Node | string;
}

/** The faces of a rating, from a sad to a glad mouth. */
export function facesOf(scale: number, { faces }: SurveyMessages): Mark[] {
  return Array.from({ length: scale }, (_, at) => {
    const share = at / (scale - 1);
    const bend = share * 8 - 4;
    return {
      value: at + 1,
      // Scales of 3 and 5 have words; longer ones would have to repeat them.
      name: faces[share * 4] ?? `${at + 1}`,
      shown: drawing(
        `M12 3a9 9 0 100 18 9 9 0 000-18M9 10v0m6 0v0M8 ${15.5 - bend / 3}q4 ${bend} 8 0`,
      ),
    };
  });
}

/** A row of marks as a radio group: Space, Enter or a tap choose and thereby answer. */
export function scaleView(
  step: ScaleStep,
  { question, direction, answer }: StepContext,
  [display, marks]: [display: string, marks: Mark[]],
): HTMLElement[] {
  const group = element(
    "div",
    { role: "radiogroup", className: `marks ${display}`, ariaLabel: question },
    ...marks.map(({ value, name, shown }) => {
      const choose = () => {
        mark.ariaChecked = "true";
        answer({ value });
      };
      const mark = button(shown, choose, { role: "radio", ariaChecked: "false", ariaLabel: name });
      return mark;
    }),
  );
  roveWithArrows(group, direction);
  const { lowLabel = "", highLabel = "" } = step as StepOf<"nps">;
  const labels = [lowLabel, highLabel].map((label) => element("span", {}, label));
  return lowLabel || highLabel
    ? [group, element("div", { className: "ends" }, ...labels)]
    : [group];
}
