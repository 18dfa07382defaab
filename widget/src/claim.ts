import type { PromptBridge, PromptClaimRequest, PromptClaimResponse } from "@telltale/protocol";

/** After this long the moment has passed, in milliseconds. */
const CLAIM_TIMEOUT_MS = 8_000;

/** Which survey is asked for. */
export type SurveyWish = Pick<PromptClaimRequest, "surveyId" | "surveyKey" | "isRequested">;

/** A survey that the collector lets this person see now. */
export type GrantedSurvey = Extract<PromptClaimResponse, { granted: true }>;

/**
 * Asks the collector whether a survey may be shown to this person now. The collector alone decides,
 * for all devices and tabs at once; a granted claim counts as shown.
 *
 * @throws {Error} if the collector cannot be reached or does not understand
 */
export async function claimSurvey(
  bridge: PromptBridge,
  wish: SurveyWish,
): Promise<PromptClaimResponse> {
  const body: PromptClaimRequest = {
    writeKey: bridge.writeKey,
    ...wish,
    ...bridge.who(),
    locales: navigator.languages as string[],
  };
  // A text goes as plain text, so that the browser does not ask for permission first (CORS preflight).
  const response = await fetch(`${bridge.host}/v1/prompts/claim`, {
    method: "POST",
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(CLAIM_TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(String(response.status));
  return response.json();
}
