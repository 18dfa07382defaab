import type { SurveyMessages } from "@telltale/protocol";
import { drawing, element } from "./element.ts";
import { roveWithArrows } from "./roving.ts";
import type { StepContext, StepOf } from "./step-view.ts";

/** A step that one tap answers. */
export type ScaleStep = StepOf<"rating"> | StepOf<"nps"> | StepOf<"thumbs">;

/** One place on a scale. */
export interface Mark {
  value: number;
  /** For screen readers. */
  name: string;
  shown: Node | string;
}

/** The faces of a rating; their mouths bend from −4 (sad) to 4 (glad) units. */
export function facesOf(scale: number, messages: SurveyMessages): Mark[] {
  return Array.from({ length: scale }, (_, at) => {
    const share = at / (scale - 1);
    const mood = share * 8 - 4;
    return {
      value: at + 1,
      // Scales of 3 and 5 have words; longer ones would have to repeat them.
      name: messages.faces[share * 4] ?? `${at + 1}/${scale}`,
      shown: drawing(
        `M12 2.5a9.5 9.5 0 100 19 9.5 9.5 0 000-19zM9 9.5v.5m6-.5v.5M8 ${15.5 - mood / 3}q4 ${mood} 8 0`,
      ),
    };
  });
}

/**
 * A row of marks in the manner of a radio group: one stop for Tab, arrows move without choosing,
 * Space, Enter or a tap choose and thereby answer.
 */
export function scaleView(
  { questionId, direction, answer }: StepContext,
  { display, marks, ends }: { display: string; marks: Mark[]; ends: (string | undefined)[] },
): HTMLElement {
  const group = element(
    "div",
    { role: "radiogroup", class: `marks ${display}`, "aria-labelledby": questionId },
    ...marks.map(({ value, name, shown }) => {
      const button = element(
        "button",
        {
          type: "button",
          role: "radio",
          "aria-checked": "false",
          "aria-label": name,
          onclick() {
            button.ariaChecked = "true";
            answer({ value });
          },
        },
        shown,
      );
      return button;
    }),
  );
  roveWithArrows(group, direction);
  const [low, high] = ends;
  if (!low && !high) return group;
  return element(
    "div",
    {},
    group,
    element(
      "div",
      { class: "ends" },
      element("span", {}, low ?? ""),
      element("span", {}, high ?? ""),
    ),
  );
}
