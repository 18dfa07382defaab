import { drawnStyles } from "./drawn-styles.ts";
import { drawing, type Mark } from "./element.ts";
import { placeOf } from "./marks.ts";
import type { StepContext, StepOf } from "./step-view.ts";

const STAR = "M16 4l3.6 7.7 8.4 1.1-6.1 5.9 1.6 8.4-7.5-4.1-7.5 4.1 1.6-8.4L4 12.8l8.4-1.1z";
/** The thumb down is this one, mirrored by the style sheet. */
const THUMB =
  "M10 14.7v12M5.3 14.7h4.7l5.3-10c2.1 0 3.3 1.7 2.9 3.7L17.3 13.3h6.7a2.7 2.7 0 012.7 3.3l-2 8a2.7 2.7 0 01-2.7 2H5.3z";

/** Stars, or a thumb up and one down, which may stand beside an element of the page. */
export async function drawnMarksOf(
  step: StepOf<"rating"> | StepOf<"nps"> | StepOf<"thumbs">,
  context: StepContext,
): Promise<Mark[]> {
  const { adopt, messages, appearance } = context;
  const { anchor } = appearance;
  adopt(drawnStyles);
  if (step.kind === "rating") {
    return Array.from({ length: step.scale }, (_, at) => ({
      value: at + 1,
      name: placeOf(at + 1, step.scale, messages),
      shown: drawing(STAR),
    }));
  }
  if (anchor) {
    const { standBeside } = await import("./beside.ts");
    requestAnimationFrame(() => standBeside(context, anchor));
  }
  return [
    { value: 1, name: messages.thumbsUp, shown: drawing(THUMB) },
    { value: 0, name: messages.thumbsDown, shown: drawing(THUMB) },
  ];
}
