import { afterEach, expect, it } from "vitest";
import { createStore } from "../browser/storage.ts";
import { runWithLease } from "./lease.ts";

const shareStore = () => {
  const store = createStore("test:", localStorage);
  store.persist();
  return store;
};

afterEach(() => localStorage.clear());

it("lets one of two tabs run where there are no Web Locks, and the other one after it", async () => {
  const [one, other] = [shareStore(), shareStore()];
  const runs: string[] = [];
  const run = (tab: string, store: typeof one) =>
    runWithLease(store, async () => {
      runs.push(tab);
    });
  await Promise.all([run("one", one), run("other", other)]);
  expect(runs).toEqual(["one"]);
  await run("other", other);
  expect(runs).toEqual(["one", "other"]);
});

it("runs where nothing outlives the page", async () => {
  let runs = 0;
  const store = createStore("test:");
  await runWithLease(store, async () => {
    runs++;
  });
  expect(runs).toBe(1);
});
