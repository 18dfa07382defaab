import { expect, it } from "vitest";
import { createIsoFormatter } from "./iso-formatter.ts";

it("tells each moment, also one that comes again", () => {
  const toIso = createIsoFormatter();
  const moments = [0, 0, 1_795_321_940_679, 1_795_321_940_680, 0];
  expect(moments.map(toIso)).toEqual(moments.map((ms) => new Date(ms).toISOString()));
});

it("keeps nothing of a moment that is none", () => {
  const toIso = createIsoFormatter();
  expect(() => toIso(Number.POSITIVE_INFINITY)).toThrow(RangeError);
  expect(() => toIso(Number.POSITIVE_INFINITY)).toThrow(RangeError);
});
