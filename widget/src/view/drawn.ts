import { drawnMarksStyles } from "./drawn-styles.ts";
import { drawing } from "./element.ts";
import { type Mark, placeOf } from "./marks.ts";
import type { ScaleStep, StepContext } from "./step-view.ts";
import { adopt } from "./styles.ts";

const STAR = "M12 3l2.7 5.8 6.3.8-4.6 4.4 1.2 6.3-5.6-3.1-5.6 3.1 1.2-6.3L3 9.6l6.3-.8z";
/** The thumb down is this one, mirrored by the style sheet. */
const THUMB =
  "M7.5 11v9M4 11h3.5l4-7.5c1.6 0 2.5 1.3 2.2 2.8L13 10h5a2 2 0 012 2.5l-1.5 6a2 2 0 01-2 1.5H4z";

/** Stars, or a thumb up and one down, which may stand beside an element of the page. */
export async function drawnMarksOf(step: ScaleStep, context: StepContext): Promise<Mark[]> {
  const { root, messages, appearance } = context;
  const { anchor } = appearance;
  adopt(root, drawnMarksStyles);
  if (step.kind === "rating") {
    return Array.from({ length: step.scale }, (_, at) => ({
      value: at + 1,
      name: placeOf(at + 1, step.scale, messages),
      shown: drawing(STAR),
    }));
  }
  if (anchor) {
    const { standBeside } = await import("./beside.ts");
    requestAnimationFrame(() => standBeside(root, anchor));
  }
  return [
    { value: 1, name: messages.thumbsUp, shown: drawing(THUMB) },
    { value: 0, name: messages.thumbsDown, shown: drawing(THUMB) },
  ];
}
