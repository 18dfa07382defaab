import { afterEach, expect, it, vi } from "vitest";
import { createStore } from "./storage.ts";
import { runInOneTab } from "./tab-lock.ts";

const shareStore = () => {
  const store = createStore("test:", () => localStorage);
  store.open();
  return store;
};

afterEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
});

it("lets one of two tabs run where there are no Web Locks, and the other one after it", async () => {
  vi.stubGlobal("navigator", { locks: undefined });
  const [one, other] = [shareStore(), shareStore()];
  const runs: string[] = [];
  const run = (tab: string, store: typeof one) =>
    runInOneTab("lock", store, async () => {
      runs.push(tab);
    });
  await Promise.all([run("one", one), run("other", other)]);
  expect(runs).toEqual(["one"]);
  await run("other", other);
  expect(runs).toEqual(["one", "other"]);
});

it("runs where the store is empty and keeps nothing", async () => {
  vi.stubGlobal("navigator", { locks: undefined });
  let runs = 0;
  const store = createStore("test:", () => {
    throw new Error("denied");
  });
  await runInOneTab("lock", store, async () => {
    runs++;
  });
  expect(runs).toBe(1);
});
