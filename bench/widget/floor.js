/**
 * The floor: the least code, written by hand, that asks the collector and shows five faces in a corner.
 * No rules, no gates, no keyboard, no languages, no themes. What the widget costs is measured against it.
 */

const css =
  ".b{position:fixed;right:20px;bottom:20px;width:360px;padding:16px;background:#fff;border:1px solid #ddd;border-radius:14px;font:14px system-ui}button{width:52px;height:52px;border:0;background:none;font-size:24px}";

/** Asks for a survey and shows it. */
export async function startFloor({ host, track }) {
  const response = await fetch(`${host}/v1/prompts/claim`, { method: "POST", body: "{}" });
  const { survey } = await response.json();
  const [step] = survey.steps;
  const root = document.createElement("telltale-prompt").attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const box = document.createElement("div");
  box.className = "b box";
  box.append(step.prompt, document.createElement("br"));
  for (const [at, face] of ["😞", "🙁", "😐", "🙂", "😀"].entries()) {
    const button = document.createElement("button");
    button.textContent = face;
    button.onclick = () => {
      track("Survey Answered", { value: at + 1 });
      root.host.remove();
    };
    box.append(button);
  }
  root.append(box);
  document.body.append(root.host);
}
