import { directionOf, SURVEY_MESSAGES } from "/messages/index.js";
import { startPrompts } from "/widget/telltale-widget.js";
import { showFeedbackButton } from "/widget/telltale-widget-feedback-button.js";
import { STATES, stepsOf } from "./questions.js";

const query = new URLSearchParams(location.search);
const state = STATES[Number(query.get("state"))];
const locale = query.get("locale") ?? "en";
const theme = query.get("theme") ?? "light";
const accent = query.get("accent");

document.documentElement.classList.toggle("dark", theme === "dark");

const survey = {
  id: "gallery",
  key: "gallery",
  name: state.name,
  locale,
  direction: directionOf(locale),
  steps: stepsOf(state.kind, locale),
  appearance: {
    theme: "auto",
    position: query.get("position") ?? "bottom_right",
    ...(accent && { accent }),
    ...(state.anchor && { anchor: state.anchor }),
  },
  messages: SURVEY_MESSAGES[locale],
};

// In place of a collector: every claim is granted.
window.fetch = async () => Response.json({ granted: true, impressionId: "gallery", survey });

const prompts = startPrompts({
  host: location.origin,
  writeKey: "wk_gallery",
  config: { wake: [], surveys: [], hasFeedback: true },
  who: () => ({ anonymousId: "gallery", sessionId: "gallery" }),
  track: (event, properties) => console.debug(event, properties),
  onEvent: () => () => {},
  debug: () => {},
});

/** What a person does to get into the state. */
const acts = {
  why: (card) => card.querySelector("footer :last-child").click(),
  other: (card) => [...card.querySelectorAll(".options button")].at(-1).click(),
  check: (card) => card.querySelectorAll(".options button")[1].click(),
  answer: (card) => card.querySelectorAll(".marks button")[1].click(),
};

if (state.kind === "button") showFeedbackButton("Feedback", prompts.feedback);
else prompts.survey("gallery");
// The thanks go by themselves; here they come back.
if (state.kind === "thanks") setInterval(() => prompts.survey("gallery"), 1_000);

const watch = setInterval(() => {
  const card = document.querySelector("telltale-prompt")?.shadowRoot.querySelector(".box");
  if (!card) return;
  clearInterval(watch);
  acts[state.act]?.(card);
}, 50);
