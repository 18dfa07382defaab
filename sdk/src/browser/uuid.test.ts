import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { createUuids } from "./uuid.ts";

const WELL_FORMED = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it("makes UUIDs of version 7 that carry their time", () => {
  const createId = createUuids();
  fc.assert(
    fc.property(fc.nat(2 ** 45), (now) => {
      const uuid = createId(now);
      expect(uuid).toMatch(WELL_FORMED);
      expect(Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16)).toBe(now);
    }),
  );
});

it("puts those of one millisecond in the order in which they were made", () => {
  const createId = createUuids();
  const uuids = Array.from({ length: 4_096 }, () => createId(1_800_000_000_000));
  expect([...uuids].sort()).toEqual(uuids);
  expect(new Set(uuids).size).toBe(4_096);
});

it("makes other ids on another page, at the same moment", () => {
  expect(createUuids()(1)).not.toBe(createUuids()(1));
});

it("stays well-formed where a patched clock tells fractions", () => {
  expect(createUuids()(1_800_000_000_000.25)).toMatch(WELL_FORMED);
});

it("makes them on plain HTTP too, where browsers have no UUIDs of their own", () => {
  vi.stubGlobal("crypto", {});
  const [one, other] = [createUuids()(1), createUuids()(1)];
  vi.unstubAllGlobals();
  expect(one).toMatch(WELL_FORMED);
  expect(other).not.toBe(one);
});
