import type { SurveyMessages, SurveyStep } from "@telltale/protocol";
import { drawing, element } from "./element.ts";
import type { StepContext, StepOf } from "./step-view.ts";

/** A step that one tap answers. */
export type ScaleStep = StepOf<"rating"> | StepOf<"nps"> | StepOf<"thumbs">;

/** Whether a step is a row of marks. */
export function isScale(step: SurveyStep): step is ScaleStep {
  return "display" in step || step.kind === "nps" || step.kind === "thumbs";
}

interface Mark {
  value: number;
  /** For screen readers. */
  name: string;
  shown: Node | string;
}

const STAR = "M12 3l2.7 5.8 6.3.8-4.6 4.4 1.2 6.3L12 17.2 6.4 20.3l1.2-6.3L3 9.6l6.3-.8z";
const THUMB =
  "M7 11v9H4v-9zm0 0l4-8c1.7 0 2.6 1.2 2.3 2.8L12.7 9H18c1.4 0 2.3 1.2 2 2.5l-1.5 6.7c-.3 1.1-1.2 1.8-2.3 1.8H7";
const THUMB_DOWN =
  "M17 13V4h3v9zm0 0l-4 8c-1.7 0-2.6-1.2-2.3-2.8l.6-3.2H6c-1.4 0-2.3-1.2-2-2.5l1.5-6.7C5.8 4.7 6.7 4 7.8 4H17";

/** A face whose mouth bends from −4 (sad) to 4 (glad) units. */
function face(mood: number): SVGSVGElement {
  const corner = 15.5 - mood / 3;
  return drawing(
    `M12 2.5a9.5 9.5 0 100 19 9.5 9.5 0 000-19zM9 9.5v.5m6-.5v.5M8 ${corner}q4 ${mood} 8 0`,
  );
}

function ofMax(messages: SurveyMessages, value: number, max: number): string {
  return messages.ofMax.replace("{value}", String(value)).replace("{max}", String(max));
}

function marksOf(step: ScaleStep, messages: SurveyMessages): Mark[] {
  if (step.kind === "thumbs") {
    return [
      { value: 1, name: messages.thumbsUp, shown: drawing(THUMB) },
      { value: 0, name: messages.thumbsDown, shown: drawing(THUMB_DOWN) },
    ];
  }
  const [from, to] = step.kind === "nps" ? [0, 10] : [1, step.scale];
  const values = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  return values.map((value) => {
    const mark = { value, name: ofMax(messages, value, to), shown: String(value) };
    if (step.kind === "nps" || step.display === "numbers") return mark;
    if (step.display === "stars") return { ...mark, shown: drawing(STAR) };
    // A scale of 3 uses the outer and the middle word; longer scales have no words of their own.
    const share = (value - 1) / (to - 1);
    const name = to <= 5 ? messages.faces[share * 4] : undefined;
    return { ...mark, name: name ?? mark.name, shown: face(share * 8 - 4) };
  });
}

/**
 * A row of marks in the manner of a radio group: one stop for Tab, arrows move without choosing,
 * Space, Enter or a tap choose and thereby answer.
 */
export function scaleView(context: StepContext<ScaleStep>): HTMLElement {
  const { step, messages, direction } = context;
  const marks = marksOf(step, messages);
  const display = step.kind === "rating" ? step.display : step.kind;
  const [low, high] =
    step.kind === "thumbs"
      ? []
      : display === "faces"
        ? [step.lowLabel ?? marks[0]?.name, step.highLabel ?? marks.at(-1)?.name]
        : [step.lowLabel, step.highLabel];

  const move = (event: KeyboardEvent) => {
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const towards = {
      ArrowRight: direction === "rtl" ? -1 : 1,
      ArrowLeft: direction === "rtl" ? 1 : -1,
      ArrowDown: 1,
      ArrowUp: -1,
      Home: -at,
      End: buttons.length - 1 - at,
    }[event.key];
    if (towards === undefined) return;
    event.preventDefault();
    const target = buttons[(at + towards + buttons.length) % buttons.length];
    for (const button of buttons) button.tabIndex = button === target ? 0 : -1;
    target?.focus();
  };

  const buttons = marks.map(({ value, name, shown }, at) =>
    element(
      "button",
      {
        type: "button",
        role: "radio",
        class: "mark",
        "aria-checked": "false",
        "aria-label": name,
        tabindex: at === 0 ? 0 : -1,
        onclick: () => {
          for (const [index, button] of buttons.entries()) {
            button.setAttribute("aria-checked", String(index === at));
            if (index <= at) button.classList.add("lit");
          }
          context.answer({ value });
        },
      },
      shown,
    ),
  );

  const group = element(
    "div",
    {
      role: "radiogroup",
      class: `marks ${display}`,
      "data-count": marks.length,
      "aria-labelledby": context.questionId,
      onkeydown: move,
    },
    ...buttons,
  );
  if (!low && !high) return group;
  const ends = element(
    "div",
    { class: "ends" },
    element("span", {}, low ?? ""),
    element("span", {}, high ?? ""),
  );
  return element("div", {}, group, ends);
}
