import type { SurveyMessages } from "@telltale/protocol";
import { drawing } from "./element.ts";
import type { ScaleStep } from "./step-view.ts";

/** One place on a scale. */
export interface Mark {
  value: number;
  /** For screen readers. */
  name: string;
  shown: Node | string;
}

/** Says which place of a scale a mark is. */
export const placeOf = (value: number, max: number, { ofMax }: SurveyMessages): string =>
  ofMax.replace("{value}", `${value}`).replace("{max}", `${max}`);

/** A face; the bend of its mouth goes from -4, sad, to 4, glad. */
const faceOf = (bend: number) =>
  drawing(`M12 3a9 9 0 100 18 9 9 0 000-18M9 10v0m6 0v0M8 ${15.5 - bend / 3}q4 ${bend} 8 0`);

/** Faces or numbers, from the lowest. */
export function marksOf(step: ScaleStep, messages: SurveyMessages): Mark[] {
  const [from, to] = step.kind === "rating" ? [1, step.scale] : [0, 10];
  return Array.from({ length: to - from + 1 }, (_, at) => {
    const value = from + at;
    const quarter = (at / (to - from)) * 4;
    return step.kind === "rating" && step.display === "faces"
      ? // Scales of 3 and 5 have words, and longer ones no faces.
        { value, name: messages.faces[quarter]!, shown: faceOf(quarter * 2 - 4) }
      : { value, name: placeOf(value, to, messages), shown: `${value}` };
  });
}
