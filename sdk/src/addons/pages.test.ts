import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { start } from "./pages.ts";

let views = 0;
let tracked: string[] = [];
let trackedAt: (number | undefined)[] = [];
let stop = () => {};

const show = (persisted: boolean) =>
  dispatchEvent(Object.assign(new Event("pageshow"), { persisted }));

const look = () => {
  const page = () => {
    views++;
  };
  const track = (event: string, _: object, at?: number) => {
    tracked.push(event);
    trackedAt.push(at);
  };
  stop = start({ page, track } as Parameters<typeof start>[0]);
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(document, "hasFocus").mockReturnValue(true);
  views = 0;
  tracked = [];
  trackedAt = [];
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

it("dates engaged time at its last moment: a tab that is closed hours later begins no session", () => {
  const openedAt = Date.now();
  vi.advanceTimersByTime(3_600_000);
  dispatchEvent(new Event("pagehide"));
  expect(trackedAt).toEqual([openedAt + 15_000]);
});

it("records nothing of a page that was left within a second", () => {
  vi.advanceTimersByTime(900);
  dispatchEvent(new Event("pagehide"));
  expect(tracked).toEqual([]);
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

it("leaves a wrapper of the history alone that others have put on top of its own", () => {
  const own = history.pushState;
  const theirs: typeof own = (...input) => own.apply(history, input);
  history.pushState = theirs;
  stop();
  expect(history.pushState).toBe(theirs);
  Reflect.deleteProperty(history, "pushState");
});
