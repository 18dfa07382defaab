// Shows a survey with the real widget: in place of the collector, this page grants the prompt, and
// in place of storing an answer it says what would have been stored.
import { startPrompts } from "/telltale-widget.js";

const AGAIN_MS = 2500;

const source = document.getElementById("survey");
const said = document.getElementById("said");

if (source && said) {
  const survey = JSON.parse(source.textContent ?? "");
  window.fetch = async () => Response.json({ granted: true, impressionId: "preview", survey });

  const say = ({ value, choices, text }) =>
    [value, ...(choices ?? []), text]
      .filter((part) => part !== undefined && part !== "")
      .join(", ");

  const prompts = startPrompts({
    host: location.origin,
    writeKey: "preview",
    config: { wake: [], surveys: [], hasFeedback: false },
    who: () => ({ anonymousId: "preview", sessionId: "preview" }),
    track(event, properties) {
      if (event === "Survey Shown") return;
      const answer = say(properties);
      said.textContent = answer ? `${event}: ${answer}` : event;
      if (event !== "Survey Answered" || properties.is_final) {
        setTimeout(() => prompts.survey(survey.key), AGAIN_MS);
      }
    },
    onEvent: () => () => {},
    debug: () => {},
  });
  // Its coming is news in an app; here it would talk into the form that the preview stands beside.
  new MutationObserver(() => {
    const prompt = document.querySelector("telltale-prompt")?.shadowRoot;
    prompt?.querySelector("[role=status]")?.setAttribute("aria-live", "off");
  }).observe(document.body, { childList: true });
  prompts.survey(survey.key);
}
