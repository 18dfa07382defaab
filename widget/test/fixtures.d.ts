import type {
  Json,
  PromptBridge,
  SurveyContent,
  SurveyMessages,
  SurveyRule,
  SurveyStep,
} from "@telltale/protocol";
/** English, as the collector sends it. */
export declare const english: SurveyMessages;
/** A rating, a text for low ratings, and thanks. */
export declare const csatSteps: SurveyStep[];
/** A survey as the collector grants it. */
export declare function surveyOf(
  steps: SurveyStep[],
  changes?: Partial<SurveyContent>,
): SurveyContent;
/** Due as soon as a task is completed. */
export declare const taskRule: SurveyRule;
/** A bridge that keeps what is tracked. */
export declare function createBridge(surveys?: SurveyRule[]): {
  bridge: PromptBridge;
  tracked: [
    event: string,
    properties: {
      [key: string]: Json;
    },
  ][];
};
