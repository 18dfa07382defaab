import { describe, expect, it } from "vitest";
import type { NewEvent } from "./new-event.ts";
import { createSeenCache } from "./seen-cache.ts";

const at = (time: string, accountId = "acme", userId = "ann", projectId = "p1") =>
  ({ projectId, accountId, userId, occurredAt: `2026-06-01T${time}:00.000Z` }) as NewEvent;

describe("createSeenCache", () => {
  it("selects each account and user once, with first and last time", () => {
    const { accounts, users } = createSeenCache().select([
      at("11:00"),
      at("10:00"),
      at("12:00"),
      at("09:00", "bolt", ""),
    ]);
    const times = (hour: string) => `2026-06-01T${hour}:00:00.000Z`;
    expect(accounts).toEqual([
      { projectId: "p1", id: "acme", firstAt: times("10"), lastAt: times("12") },
      { projectId: "p1", id: "bolt", firstAt: times("09"), lastAt: times("09") },
    ]);
    expect(users.map(({ id }) => id)).toEqual(["ann"]);
  });

  it("passes over what lies inside the noted time or less than a minute after it", () => {
    const cache = createSeenCache();
    cache.remember(cache.select([at("10:00"), at("12:00")]));
    expect(cache.select([at("11:00")]).accounts).toEqual([]);
    expect(cache.select([at("12:00")]).users).toEqual([]);
    expect(cache.select([at("12:01")]).accounts).toHaveLength(1);
  });

  it("selects an older event at once, since it moves the first time seen", () => {
    const cache = createSeenCache();
    cache.remember(cache.select([at("10:00")]));
    expect(cache.select([at("09:59")]).users).toHaveLength(1);
  });

  it("knows only what it is told, so a group that failed is noted with the next", () => {
    const cache = createSeenCache();
    cache.select([at("10:00")]);
    expect(cache.select([at("10:00")]).accounts).toHaveLength(1);
    cache.remember(cache.select([at("10:00")]));
    cache.clear();
    expect(cache.select([at("10:00")]).accounts).toHaveLength(1);
  });

  it("keeps the same id of two projects apart", () => {
    const cache = createSeenCache();
    cache.remember(cache.select([at("10:00")]));
    expect(cache.select([at("10:00", "acme", "ann", "p2")]).accounts).toHaveLength(1);
  });
});
