import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMessageKey, isPastItsKey } from "./message-key.ts";

const V7 = "0190b1a4-7c00-7abc-8def-0123456789ab";
const MS = Date.parse("2026-06-15T12:00:00Z");

const at = (occurredAtMs: number, oldestKeyMs = 0) => ({ occurredAtMs, oldestKeyMs });

/** The milliseconds that a UUIDv7 begins with. */
const timeOf = (id: string) => Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);

describe("createMessageKey", () => {
  it("takes a UUIDv7 as the key itself, whatever time the message names", () => {
    expect(createMessageKey(V7, at(MS))).toEqual({ messageId: V7, eventId: V7, messageHash: null });
    expect(createMessageKey(V7, at(0)).eventId).toBe(V7);
  });

  it("gives two spellings of one UUIDv7 the same key", () => {
    expect(createMessageKey(V7.toUpperCase(), at(MS)).eventId).toBe(V7);
    const old = createMessageKey(V7.toUpperCase(), at(MS, MS));
    expect(old.messageHash).toBe(V7);
  });

  it("gives a UUIDv7 that is too old a key of its message's time, and finds it by itself", () => {
    const key = createMessageKey(V7, at(MS, timeOf(V7) + 1));
    expect(key).toMatchObject({ messageId: V7, messageHash: V7 });
    expect(timeOf(key.eventId)).toBe(MS);
    expect(isPastItsKey(key)).toBe(true);
    const young = createMessageKey(V7, at(MS, timeOf(V7)));
    expect([young.eventId, isPastItsKey(young)]).toEqual([V7, false]);
    expect(isPastItsKey(createMessageKey("segment-1", at(MS)))).toBe(false);
  });

  it("finds a foreign id again by its hash although the retry names another time", () => {
    const first = createMessageKey("segment-1", at(MS));
    const retry = createMessageKey("segment-1", at(MS + 5_000));
    expect(retry.messageHash).toBe(first.messageHash);
    expect(retry.eventId).not.toBe(first.eventId);
  });

  it("makes a fresh key for a message without an id", () => {
    const keys = [createMessageKey(undefined, at(MS)), createMessageKey(undefined, at(MS))];
    expect(keys[0]?.eventId).not.toBe(keys[1]?.eventId);
    expect(keys[0]).toMatchObject({ messageId: keys[0]?.eventId, messageHash: null });
  });

  it("orders every made key by the message's time and is the same for the same input", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 200 }),
        fc.integer({ min: 0, max: 4_102_444_800_000 }),
        (messageId, ms) => {
          const key = createMessageKey(messageId, at(ms));
          expect(timeOf(key.eventId)).toBe(ms);
          expect(createMessageKey(messageId, at(ms))).toEqual(key);
        },
      ),
    );
  });

  it("tells different ids apart", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2 }), (ids) => {
        const hashes = ids.map((id) => createMessageKey(id, at(MS)).messageHash);
        expect(new Set(hashes).size).toBe(ids.length);
      }),
    );
  });
});
