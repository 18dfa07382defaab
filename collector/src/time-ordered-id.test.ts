import { validate, version } from "uuid";
import { describe, expect, it } from "vitest";
import { timeOfKey } from "./ingest/message-key.ts";
import { createTimeOrderedId } from "./time-ordered-id.ts";

describe("createTimeOrderedId", () => {
  it("makes UUIDv7s of the moment, no two alike, whenever random bytes are fetched", () => {
    const ms = Date.parse("2026-06-15T12:00:00Z");
    const ids = Array.from({ length: 1_000 }, () => createTimeOrderedId(ms));
    expect(new Set(ids).size).toBe(1_000);
    expect(ids.every((id) => validate(id) && version(id) === 7 && timeOfKey(id) === ms)).toBe(true);
  });
});
