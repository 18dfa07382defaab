import { showDrivers, showEvents, showScore, showWebhooks } from "./panel-views.js";

const EVERY_MS = 1_000;
const AFTER_FAILURE_MS = 3_000;

const pulse = document.querySelector("#pulse");
const frame = document.querySelector("#product");
let timer;
let visit = 0;
/** Events from before this visit tick nothing off. */
let earlier;

/** Ticks off what the visitor has tried, by the events that came of it. */
function tickSteps(events) {
  earlier ??= new Set(events.map((event) => event.id));
  const fresh = events.filter((event) => !earlier.has(event.id));
  const names = new Set(fresh.map((event) => event.name));
  const done = {
    feature: names.has("Feature Used"),
    task: names.has("Task Completed"),
    answer: names.has("Survey Answered"),
  };
  for (const step of document.querySelectorAll("[data-step]")) {
    if (done[step.dataset.step]) step.classList.add("done");
  }
}

function tell(state, text) {
  pulse.dataset.state = state;
  if (pulse.textContent !== text) pulse.textContent = text;
}

async function look() {
  clearTimeout(timer);
  if (document.visibilityState === "hidden") return;
  let pauseMs = EVERY_MS;
  // The tracker sends in batches, some seconds apart; a visitor who watches should not wait.
  frame.contentWindow.telltale?.flush?.();
  try {
    const response = await fetch("/demo/live");
    if (!response.ok) throw new Error(`${response.status}`);
    const state = await response.json();
    showScore(state);
    showDrivers(state);
    showEvents(state);
    showWebhooks(state);
    tickSteps(state.events);
    const isFilling = state.filledShare < 1;
    tell("live", isFilling ? `storing the book, ${Math.round(state.filledShare * 100)} %` : "live");
  } catch {
    tell("lost", "no answer, trying again");
    pauseMs = AFTER_FAILURE_MS;
  }
  timer = setTimeout(look, pauseMs);
}

document.addEventListener("visibilitychange", look);
document.querySelector("#again").addEventListener("click", () => {
  visit += 1;
  earlier = undefined;
  const person = new URLSearchParams({ person: `${visit % 4}`, session: Date.now().toString(36) });
  frame.src = `/demo/app/?${person}`;
  for (const step of document.querySelectorAll("[data-step]")) step.classList.remove("done");
});
look();
