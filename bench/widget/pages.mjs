import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { SURVEY_MESSAGES } from "../../protocol/dist/messages/index.js";
import { survey } from "./survey.js";

const BUNDLE = new URL("../../widget/dist/browser/", import.meta.url);

/** The page that is measured: a host page of 2,000 elements, and what a trigger does on it. */
const PAGE = `<!doctype html><html lang="en"><title>Host</title><body><main></main>
<script type="module">
  for (let row = 0; row < 500; row += 1) {
    const line = document.createElement("p");
    for (const word of ["a", "row", "of"]) {
      const part = document.createElement("span");
      part.textContent = word + row;
      line.append(part);
    }
    document.querySelector("main").append(line);
  }
  window.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  const host = location.origin;
  const track = () => {};
  const starts = {
    nothing: async () => {},
    floor: async () => (await import("/floor.js")).startFloor({ host, track }),
    widget: async () => {
      const { startPrompts } = await import("/telltale-widget.js");
      const rule = { id: "bench", key: "bench", trigger: { kind: "task", outcome: "completed" }, event: "Task Completed", delayMs: 0, cancelEvents: [] };
      startPrompts({
        host, track, writeKey: "wk", config: { wake: [], surveys: [rule], hasFeedback: false },
        who: () => ({ anonymousId: "a", sessionId: "s" }), onEvent: () => () => {}, debug: () => {},
      }).notify("Task Completed", {});
    },
  };
  // From the trigger to the frame after the one in which the box has a size.
  window.measure = (name) => new Promise((resolve) => {
    const from = performance.now();
    const look = () => {
      const box = document.querySelector("telltale-prompt")?.shadowRoot.querySelector(".box");
      const isVisible = name === "nothing" ? performance.now() - from > 100 : box?.getBoundingClientRect().height > 0;
      requestAnimationFrame(isVisible ? () => resolve(performance.now() - from) : look);
    };
    starts[name]();
    requestAnimationFrame(look);
  });
</script></body></html>`;

/** Serves the page, both candidates, and a collector that grants every claim. */
export async function servePages() {
  const granted = JSON.stringify({
    granted: true,
    impressionId: "bench",
    survey: { ...survey, messages: SURVEY_MESSAGES.en },
  });
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://bench");
    if (pathname === "/v1/prompts/claim") {
      response.setHeader("content-type", "application/json");
      return response.end(granted);
    }
    if (pathname.endsWith(".js")) {
      const folder = pathname === "/floor.js" ? import.meta.url : BUNDLE;
      response.setHeader("content-type", "text/javascript");
      return response.end(await readFile(new URL(`.${pathname}`, folder)));
    }
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(PAGE);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
