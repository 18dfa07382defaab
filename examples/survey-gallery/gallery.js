import { SURVEY_MESSAGES } from "/messages/index.js";
import { STATES } from "./questions.js";

const form = document.querySelector("form");
const main = document.querySelector("main");
const languageNames = new Intl.DisplayNames("en", { type: "language" });

for (const locale of Object.keys(SURVEY_MESSAGES)) {
  form.elements.locale.append(new Option(languageNames.of(locale), locale));
}
for (const [name, value] of new URLSearchParams(location.search)) {
  if (form.elements[name]) form.elements[name].value = value;
}

function draw() {
  const look = new URLSearchParams(new FormData(form));
  history.replaceState(null, "", `?${look}`);
  const frames = STATES.map(({ name, isWide, isPhone }, at) => {
    const figure = document.createElement("figure");
    const caption = document.createElement("figcaption");
    const frame = document.createElement("iframe");
    caption.textContent = name;
    frame.title = name;
    frame.src = `state.html?state=${at}&${look}`;
    figure.className = isWide ? "wide" : isPhone ? "phone" : "";
    figure.append(caption, frame);
    return figure;
  });
  main.replaceChildren(...frames);
}

form.addEventListener("change", draw);
draw();
