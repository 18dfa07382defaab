import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { start } from "./pages.ts";

let views = 0;
let tracked: string[] = [];
let stop = () => {};

const show = (persisted: boolean) =>
  dispatchEvent(Object.assign(new Event("pageshow"), { persisted }));

const look = () => {
  const page = () => {
    views++;
  };
  stop = start({ page, track: (event) => tracked.push(event) });
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  views = 0;
  tracked = [];
  look();
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it("counts a page that comes back from the back/forward cache as seen again, a fresh one not", () => {
  show(false);
  expect(views).toBe(0);
  show(true);
  expect(views).toBe(1);
});

it("records the engaged time before the page goes into the cache, and counts anew after it", () => {
  vi.advanceTimersByTime(5_000);
  dispatchEvent(Object.assign(new Event("pagehide"), { persisted: true }));
  expect(tracked).toEqual(["Session Ended"]);
  vi.advanceTimersByTime(3_600_000);
  show(true);
  dispatchEvent(new Event("pagehide"));
  expect(tracked).toEqual(["Session Ended"]);
});

it("counts no engaged time of a page that was opened in the background, nor of a window without focus", () => {
  stop();
  vi.spyOn(document, "hasFocus").mockReturnValue(false);
  look();
  vi.advanceTimersByTime(5_000);
  dispatchEvent(new Event("pointermove"));
  vi.advanceTimersByTime(5_000);
  dispatchEvent(new Event("pagehide"));
  expect(tracked).toEqual([]);
});

it("leaves history and listeners as they were when stopped", () => {
  stop();
  show(true);
  expect(views).toBe(0);
  expect(history.pushState).toBe(History.prototype.pushState);
});
