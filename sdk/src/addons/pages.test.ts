import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { start } from "./pages.ts";

let views = 0;
let tracked: string[] = [];
let stop = () => {};

const show = (persisted: boolean) =>
  dispatchEvent(Object.assign(new Event("pageshow"), { persisted }));

beforeEach(() => {
  vi.useFakeTimers();
  views = 0;
  tracked = [];
  const page = () => {
    views++;
  };
  stop = start({ page, track: (event) => tracked.push(event) });
});
afterEach(() => {
  stop();
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

it("leaves history and listeners as they were when stopped", () => {
  stop();
  show(true);
  expect(views).toBe(0);
  expect(history.pushState).toBe(History.prototype.pushState);
});
