/** The in-app micro-survey: prompts of the script tag, and the same surveys for an own UI. */

export { claimSurvey } from "./claim.ts";
export { type PromptOptions, startPrompts } from "./prompts.ts";
export { createSurveySession, type SurveyAnswer, type SurveySession } from "./session.ts";
