import type { SurveyAppearance, SurveyMessages, SurveyStep } from "@telltale/protocol";
import type { SurveyAnswer } from "../session.ts";

/** What the view of a step may use. */
export interface StepContext {
  root: ShadowRoot;
  appearance: SurveyAppearance;
  messages: SurveyMessages;
  direction: "ltr" | "rtl";
  /** The text of the step, which names its controls. */
  question: string;
  answer(answer: SurveyAnswer): void;
  /** Returns to the step before; absent on the first. */
  back?: () => void;
  /** Takes the card away. */
  remove(): void;
}

/** A step of one kind. */
export type StepOf<Kind extends SurveyStep["kind"]> = Extract<SurveyStep, { kind: Kind }>;

/** A step that one tap answers. */
export type ScaleStep = StepOf<"rating"> | StepOf<"nps"> | StepOf<"thumbs">;
