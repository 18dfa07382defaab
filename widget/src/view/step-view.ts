import type { SurveyContent, SurveyStep } from "@telltale/protocol";
import type { SurveyAnswer } from "../session.ts";
import type { Adopt } from "./styles.ts";

/** What the view of a step may use. */
export interface StepContext extends Pick<SurveyContent, "appearance" | "messages"> {
  root: ShadowRoot;
  adopt: Adopt;
  /** The text of the step, which names its controls. */
  question: string;
  answer(answer: SurveyAnswer): void;
}

/** A step of one kind. */
export type StepOf<Kind extends SurveyStep["kind"]> = Extract<SurveyStep, { kind: Kind }>;
