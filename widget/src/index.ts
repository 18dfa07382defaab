/** The in-app micro-survey: prompts with a look, and the same surveys for an own UI. */

export { claimSurvey, type GrantedSurvey, type SurveyWish } from "./claim.ts";
export {
  createSurveySession,
  type SurveyAnswer,
  type SurveySession,
  type SurveySessionOptions,
} from "./session.ts";
export { type PromptOptions, startPrompts } from "./start-prompts.ts";
export { showFeedbackButton } from "./view/feedback-button.ts";
