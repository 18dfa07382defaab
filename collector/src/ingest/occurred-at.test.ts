import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findOccurredAt } from "./occurred-at.ts";

const NOW = Date.parse("2026-06-15T12:00:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe("findOccurredAt", () => {
  it("takes the moment of arrival when the message names none", () => {
    const arrival = { sentAtMs: NOW, receivedAtMs: NOW, isImport: false };
    expect(findOccurredAt(undefined, arrival)).toEqual({ ms: NOW, isClamped: false });
  });

  it.each([
    ["2 hours slow", -2 * HOUR],
    ["2 hours fast", 2 * HOUR],
    ["400 days slow", -400 * DAY],
    ["400 days fast", 400 * DAY],
  ])("corrects a clock that is %s", (_, skewMs) => {
    const happened = NOW - 10 * 60_000;
    const occurred = findOccurredAt(happened + skewMs, {
      sentAtMs: NOW + skewMs,
      receivedAtMs: NOW + 150,
      isImport: false,
    });
    expect(Math.abs(occurred.ms - happened)).toBeLessThanOrEqual(2_000);
    expect(occurred.isClamped).toBe(false);
  });

  it("does not take the network's delay for skew", () => {
    const arrival = { sentAtMs: NOW - 900, receivedAtMs: NOW, isImport: false };
    expect(findOccurredAt(NOW - HOUR, arrival).ms).toBe(NOW - HOUR);
  });

  it("keeps a browser's event within 7 days before and 10 minutes after its arrival", () => {
    const bare = { sentAtMs: undefined, receivedAtMs: NOW, isImport: false };
    const old = findOccurredAt(NOW - 30 * DAY, bare);
    expect(old).toEqual({ ms: NOW - 7 * DAY, isClamped: true });
    const ahead = findOccurredAt(NOW + HOUR, bare);
    expect(ahead).toEqual({ ms: NOW, isClamped: true });
  });

  it("takes an import's times as they are, of any age", () => {
    const arrival = { sentAtMs: NOW - DAY, receivedAtMs: NOW, isImport: true };
    expect(findOccurredAt(NOW - 3_000 * DAY, arrival)).toEqual({
      ms: NOW - 3_000 * DAY,
      isClamped: false,
    });
  });

  it("never leaves the window, whatever a browser's clock says", () => {
    const anyTime = fc.option(fc.integer({ min: -1e13, max: 1e13 }), { nil: undefined });
    fc.assert(
      fc.property(anyTime, anyTime, (timestampMs, sentAtMs) => {
        const { ms } = findOccurredAt(timestampMs, {
          sentAtMs,
          receivedAtMs: NOW,
          isImport: false,
        });
        expect(ms).toBeGreaterThanOrEqual(NOW - 7 * DAY);
        expect(ms).toBeLessThanOrEqual(NOW + 10 * 60_000);
      }),
    );
  });
});
