import type { PromptBridge, Prompts } from "@telltale/protocol";
import { createPrompts } from "./prompts.ts";
import { createSurveySession, type SurveySession } from "./session.ts";
import { viewWith } from "./view/card.ts";

/** How a granted survey is shown. */
export interface PromptOptions {
  /**
   * Shows a session in an own UI in place of the widget's. It calls `session.shown()` once it is
   * visible and `onClosed` once it is gone, and returns the way to take it down.
   *
   * @param focus - `take` only when the person asked for the survey
   */
  render?: (session: SurveySession, onClosed: () => void, focus: "take" | "leave") => () => void;
}

/** Starts the prompts of a page, in the widget's look or in an own UI. */
export function startPrompts(bridge: PromptBridge, options: PromptOptions = {}): Prompts {
  const { render } = options;
  const { track } = bridge;
  return createPrompts(
    bridge,
    render
      ? (grant, onClosed, { isRequested }) => {
          const session = createSurveySession({ grant, track });
          return render(session, onClosed, isRequested ? "take" : "leave");
        }
      : viewWith(track),
  );
}
