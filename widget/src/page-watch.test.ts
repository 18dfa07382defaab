import { afterEach, describe, expect, it } from "vitest";
import { watchPage } from "./page-watch.ts";
import { taskRule } from "./testing/fixtures.ts";

const due: string[] = [];
const ruleOf = (trigger: object) => ({ ...taskRule, trigger }) as typeof taskRule;

function watch(trigger: object): () => void {
  const restart = watchPage([ruleOf(trigger)], ({ key }) => void due.push(key));
  restart("/");
  return restart;
}

describe("watchPage", () => {
  let stop: () => void;
  afterEach(() => {
    stop();
    due.length = 0;
    document.body.replaceChildren();
  });

  it("sees how far the window itself is scrolled", () => {
    const sizes = { scrollTop: 400, clientHeight: 700, scrollHeight: 1_700 };
    const scroller = Object.assign(Object.create(Element.prototype), {});
    for (const [name, value] of Object.entries(sizes)) {
      Object.defineProperty(scroller, name, { get: () => sizes[name as "scrollTop"] ?? value });
    }
    Object.defineProperty(document, "scrollingElement", { value: scroller, configurable: true });
    stop = watch({ kind: "scroll", percent: 50 });
    document.dispatchEvent(new Event("scroll"));
    expect(due).toEqual([]);
    sizes.scrollTop = 500;
    document.dispatchEvent(new Event("scroll"));
    expect(due).toEqual(["csat"]);
  });

  it("sees clicks inside open shadow roots", () => {
    const host = document.createElement("my-menu");
    document.body.append(host);
    const button = Object.assign(document.createElement("button"), { id: "export" });
    host.attachShadow({ mode: "open" }).append(button);
    stop = watch({ kind: "click", selector: "#export" });
    host.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }));
    expect(due).toEqual([]);
    button.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }));
    expect(due).toEqual(["csat"]);
  });
});
