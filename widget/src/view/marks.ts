import type { SurveyMessages } from "@telltale/protocol";
import { drawing, type Mark } from "./element.ts";

/** Says which place of a scale a mark is. */
export const placeOf = (value: number, max: number, { ofMax }: SurveyMessages): string =>
  ofMax.replace("{value}", `${value}`).replace("{max}", `${max}`);

/** A face; the bend of its mouth goes from -5, sad, to 5, glad. */
const faceOf = (bend: number) =>
  drawing(`M16 4a12 12 0 100 24 12 12 0 000-24M12 13v0m8 0v0M11 ${20.5 - bend / 2}q5 ${bend} 10 0`);

/** Faces or numbers from one value to another, the lowest first. */
export function marksOf(
  from: number,
  to: number,
  display: string,
  messages: SurveyMessages,
): Mark[] {
  return Array.from({ length: to - from + 1 }, (_, at) => {
    const value = from + at;
    const quarter = (at / (to - from)) * 4;
    return display === "faces"
      ? // Scales of 3 and 5 have words, and longer ones no faces.
        { value, name: messages.faces[quarter]!, shown: faceOf(quarter * 2.5 - 5) }
      : { value, shown: `${value}` };
  });
}
