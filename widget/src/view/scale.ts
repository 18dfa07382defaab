import { element, group } from "./element.ts";
import { marksOf } from "./marks.ts";
import type { StepContext, StepOf } from "./step-view.ts";

type ScaleStep = StepOf<"rating"> | StepOf<"nps"> | StepOf<"thumbs">;

/**
 * A row of marks, be they faces, stars, numbers or thumbs: Space, Enter or a tap choose and thereby answer.
 */
export async function scaleView(step: ScaleStep, context: StepContext): Promise<HTMLElement[]> {
  const { messages, question, answer } = context;
  const { lowLabel = "", highLabel = "" } = step as StepOf<"nps">;
  const { display = step.kind, scale = 10 } = step as Partial<StepOf<"rating">>;
  const marks = /stars|thumbs/.test(display)
    ? await (await import("./drawn.ts")).drawnMarksOf(step, context)
    : marksOf(display === "nps" ? 0 : 1, scale, display, messages);
  const className = `marks ${display} of${marks.length}`;
  const row = group({ className, ariaLabel: question }, marks, (mark, { value }) => {
    mark.ariaChecked = "true";
    answer({ value });
  });
  if (!lowLabel && !highLabel) return [row];
  row.ariaLabel += ` (${lowLabel}, ${highLabel})`;
  const labels = [lowLabel, highLabel].map((label) => element("span", {}, label));
  return [row, element("div", { className: "ends" }, ...labels)];
}
