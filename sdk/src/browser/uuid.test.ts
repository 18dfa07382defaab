import fc from "fast-check";
import { expect, it } from "vitest";
import { createUuid } from "./uuid.ts";

it("makes UUIDs of version 7 that carry their time", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 45), fc.nat(), (now, count) => {
      const uuid = createUuid(now, count);
      expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16)).toBe(now);
    }),
  );
});

it("puts those of one millisecond in the order of their count", () => {
  const uuids = Array.from({ length: 4_096 }, (_, count) => createUuid(1_800_000_000_000, count));
  expect([...uuids].sort()).toEqual(uuids);
});
