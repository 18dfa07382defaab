import type { SurveyContent, SurveyStep } from "@telltale/protocol";
import type { SurveyAnswer } from "../session.ts";
import type { Adopt } from "./styles.ts";

/** What the view of a step may use. */
export interface StepContext
  extends Pick<SurveyContent, "steps" | "appearance" | "messages" | "direction"> {
  root: ShadowRoot;
  adopt: Adopt;
  /** The open one; null at the end. */
  step: SurveyStep | null;
  /** The text of the step, which names its controls. */
  question: string;
  answer(answer: SurveyAnswer): void;
  /** Returns to the step before; undefined on the first. */
  back: (() => void) | undefined;
  /** Takes the card away. */
  remove(): void;
}

/** A step of one kind. */
export type StepOf<Kind extends SurveyStep["kind"]> = Extract<SurveyStep, { kind: Kind }>;

/** A step that one tap answers. */
export type ScaleStep = StepOf<"rating"> | StepOf<"nps"> | StepOf<"thumbs">;
