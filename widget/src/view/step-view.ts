import type { SurveyAppearance, SurveyMessages, SurveyStep } from "@telltale/protocol";
import type { SurveyAnswer } from "../session.ts";

/** Id of the element that holds the question, within the card's own tree. */
export const QUESTION_ID = "question";

/** What the view of a step may use. */
export interface StepContext {
  root: ShadowRoot;
  appearance: SurveyAppearance;
  messages: SurveyMessages;
  direction: "ltr" | "rtl";
  answer(answer: SurveyAnswer): void;
  /** Returns to the step before; absent on the first. */
  back?: () => void;
  /** Takes the card away. */
  remove(): void;
}

/** A step of one kind. */
export type StepOf<Kind extends SurveyStep["kind"]> = Extract<SurveyStep, { kind: Kind }>;
