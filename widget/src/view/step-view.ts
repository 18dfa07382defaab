import type { SurveyMessages, SurveyStep } from "@telltale/protocol";
import type { SurveyAnswer } from "../session.ts";

/** What the view of a step may use. */
export interface StepContext<Step = SurveyStep> {
  step: Step;
  messages: SurveyMessages;
  direction: "ltr" | "rtl";
  /** Id of the element that holds the question. */
  questionId: string;
  answer(answer: SurveyAnswer): void;
}

/** Builds the controls of one step; the first focusable one is the natural place for the focus. */
export type StepView<Step = SurveyStep> = (context: StepContext<Step>) => HTMLElement;

/** A step of one kind. */
export type StepOf<Kind extends SurveyStep["kind"]> = Extract<SurveyStep, { kind: Kind }>;
