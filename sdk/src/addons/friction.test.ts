import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { start } from "./friction.ts";

let recorded: object[] = [];
const track = (_event: string, facts: object) => {
  recorded.push(facts);
};
start({ track } as Parameters<typeof start>[0]);

const place = document.createElement("p");
place.id = "place";

/** Clicks at points of a page, so many milliseconds apart. */
const click = (gapMs: number, points: [x: number, y: number][], on: Element = place) => {
  for (const [clientX, clientY] of points) {
    vi.advanceTimersByTime(gapMs);
    const event = new MouseEvent("click", { clientX, clientY, bubbles: true, composed: true });
    Object.defineProperty(event, "timeStamp", { value: Date.now() });
    on.dispatchEvent(event);
  }
};

let startsAt = Date.now();

beforeEach(() => {
  // Later than all clicks of the test before.
  startsAt += 60_000;
  vi.useFakeTimers({ now: startsAt });
  document.body.append(place);
  recorded = [];
});
afterEach(() => {
  place.remove();
  vi.useRealTimers();
});

it("takes three quick clicks near one place for rage, once, however many follow", () => {
  click(200, [
    [10, 10],
    [20, 20],
    [15, 10],
    [15, 10],
    [15, 10],
  ]);
  expect(recorded).toEqual([{ kind: "rage_click", target: "p#place" }]);
});

it("takes neither patient clicks for rage, nor quick ones here and there", () => {
  click(600, [
    [10, 10],
    [10, 10],
    [10, 10],
  ]);
  vi.advanceTimersByTime(2_000);
  click(100, [
    [10, 10],
    [60, 10],
    [10, 60],
  ]);
  expect(recorded).toEqual([]);
});

it("calls a click dead that has changed nothing, on what a person expects to answer", async () => {
  const button = document.createElement("button");
  button.dataset.telltaleFeature = "export";
  place.append(button);
  // The page's own change above is told to observers first.
  await Promise.resolve();
  click(0, [[10, 10]], button);
  click(0, [[500, 500]]);
  vi.advanceTimersByTime(2_400);
  expect(recorded).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(recorded).toEqual([{ kind: "dead_click", target: "button", feature: "export" }]);
  button.remove();
});
