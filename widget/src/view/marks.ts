import { actionsOf } from "./actions.ts";
import { standBeside } from "./beside.ts";
import { drawing, element } from "./element.ts";
import { facesOf, type Mark, type ScaleStep, scaleView } from "./scale.ts";
import type { StepContext } from "./step-view.ts";

const STAR = "M12 3l2.7 5.8 6.3.8-4.6 4.4 1.2 6.3-5.6-3.1-5.6 3.1 1.2-6.3L3 9.6l6.3-.8z";
/** The thumb down is this one, mirrored by the style sheet. */
const THUMB =
  "M7.5 11v9M4 11h3.5l4-7.5c1.6 0 2.5 1.3 2.2 2.8L13 10h5a2 2 0 012 2.5l-1.5 6a2 2 0 01-2 1.5H4z";

function marksOf(step: ScaleStep, { messages }: StepContext): Mark[] {
  if (step.kind === "thumbs") {
    return [
      { value: 1, name: messages.thumbsUp, shown: drawing(THUMB) },
      { value: 0, name: messages.thumbsDown, shown: drawing(THUMB) },
    ];
  }
  if (step.kind === "rating" && step.display === "faces") return facesOf(step.scale, messages);
  const [from, to] = step.kind === "nps" ? [0, 10] : [1, step.scale];
  return Array.from({ length: to - from + 1 }, (_, at) => {
    const value = from + at;
    const name = messages.ofMax.replace("{value}", `${value}`).replace("{max}", `${to}`);
    const isStar = step.kind === "rating" && step.display === "stars";
    return { value, name, shown: isStar ? drawing(STAR) : `${value}` };
  });
}

/** Any row of marks: faces, stars, numbers, thumbs. */
export function marksView(step: ScaleStep, context: StepContext): HTMLElement {
  const marks = marksOf(step, context);
  const display = step.kind === "rating" ? step.display : step.kind;
  const view = scaleView(context, {
    display: `${display === "nps" ? "numbers" : display} of${marks.length}`,
    marks,
    ends: step.kind === "thumbs" ? [] : [step.lowLabel, step.highLabel],
  });
  const { anchor } = context.appearance;
  if (step.kind === "thumbs" && anchor) {
    requestAnimationFrame(() => standBeside(view.closest<HTMLElement>(".card"), anchor));
  }
  return context.back ? element("div", {}, view, actionsOf(context)) : view;
}
