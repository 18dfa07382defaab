import { button } from "./element.ts";
import { feedbackButtonStyles } from "./feedback-button-styles.ts";
import { isDark } from "./theme.ts";

/**
 * Puts a button on the page that is there at any time.
 *
 * @param label - in the language of the page
 * @returns takes it away
 */
export function showFeedbackButton(label: string, onPressed: () => void): () => void {
  document.querySelector("telltale-feedback")?.remove();
  const host = document.createElement("telltale-feedback");
  // The focus comes back to the host element when the survey closes, and goes on to the button.
  const root = host.attachShadow({ mode: "open", delegatesFocus: true });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(feedbackButtonStyles);
  root.adoptedStyleSheets.push(sheet);
  root.append(button(label, onPressed, { className: isDark("auto") ? "dark" : "" }));
  document.body.append(host);
  return () => host.remove();
}
