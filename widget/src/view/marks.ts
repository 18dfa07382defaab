import { drawing } from "./element.ts";
import { marksStyles } from "./marks-styles.ts";
import { facesOf, type Mark, scaleView } from "./scale.ts";
import type { ScaleStep, StepContext } from "./step-view.ts";
import { adoptOnce } from "./styles.ts";

const STAR = "M12 3l2.7 5.8 6.3.8-4.6 4.4 1.2 6.3-5.6-3.1-5.6 3.1 1.2-6.3L3 9.6l6.3-.8z";
/** The thumb down is this one, mirrored by the style sheet. */
const THUMB =
  "M7.5 11v9M4 11h3.5l4-7.5c1.6 0 2.5 1.3 2.2 2.8L13 10h5a2 2 0 012 2.5l-1.5 6a2 2 0 01-2 1.5H4z";

function marksOf(step: ScaleStep, { messages }: StepContext): Mark[] {
  const { kind } = step;
  if (kind === "thumbs") {
    return [
      { value: 1, name: messages.thumbsUp, shown: drawing(THUMB) },
      { value: 0, name: messages.thumbsDown, shown: drawing(THUMB) },
    ];
  }
  if (kind === "rating" && step.display === "faces") return facesOf(step.scale, messages);
  const [from, to] = kind === "nps" ? [0, 10] : [1, step.scale];
  return Array.from({ length: to - from + 1 }, (_, at) => {
    const value = from + at;
    const name = messages.ofMax.replace("{value}", `${value}`).replace("{max}", `${to}`);
    const isStar = kind === "rating" && step.display === "stars";
    return { value, name, shown: isStar ? drawing(STAR) : `${value}` };
  });
}

/** Any row of marks: faces, stars, numbers, thumbs. */
export async function controlsOf(step: ScaleStep, context: StepContext): Promise<HTMLElement[]> {
  adoptOnce(context.root, marksStyles);
  const marks = marksOf(step, context);
  const display = step.kind === "rating" ? step.display : step.kind;
  const row = `${display === "nps" ? "numbers" : display} of${marks.length}`;
  const view = scaleView(step, context, [row, marks]);
  const { anchor } = context.appearance;
  if (step.kind === "thumbs" && anchor) {
    const { standBeside } = await import("./beside.ts");
    requestAnimationFrame(() => standBeside(context.root, anchor));
  }
  if (!context.back) return view;
  const { actionsOf } = await import("./field.ts");
  return [...view, actionsOf(context)];
}
