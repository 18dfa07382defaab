import { describe, expect, it } from "vitest";
import { z } from "zod";
import { toFaultWords } from "./fault-words.ts";

const wordsFor = (schema: z.ZodType, value: unknown): string[] =>
  (schema.safeParse(value).error?.issues ?? []).map(toFaultWords);

describe("toFaultWords", () => {
  const either = z.union([
    z.object({ plus: z.number(), by: z.string() }),
    z.object({ to: z.number() }),
  ]);
  const kinds = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("a") }),
    z.object({ kind: z.literal("b") }),
  ]);
  it.each<[string, z.ZodType, unknown]>([
    ["is needed (text)", z.string(), undefined],
    ["must be text", z.string(), 7],
    ["must be a number", z.coerce.number(), "abc"],
    ["must be a whole number", z.int(), 1.5],
    ["must be true or false", z.boolean(), "yes"],
    ["must be a list", z.array(z.string()), {}],
    ["is needed (an object)", z.record(z.string(), z.string()), undefined],
    ["must be 1 or more", z.number().min(1), 0],
    ["must be above 0", z.number().positive(), 0],
    ["must be 365 or less", z.number().max(365), 366],
    ["must not be empty", z.string().min(1), ""],
    ["must have at least 2 characters", z.string().min(2), "a"],
    ["must have at most 1 entry", z.array(z.number()).max(1), [1, 2]],
    ["must be one of up, down", z.enum(["up", "down"]), "left"],
    ["must be on", z.literal("on"), "off"],
    ["must be a calendar day such as 2026-01-31", z.iso.date(), "yesterday"],
    ["must be a URL such as https://example.com/path", z.url(), "example"],
    ["must match /^a/", z.string().regex(/^a/), "b"],
    ["must be a multiple of 5", z.number().multipleOf(5), 3],
    ["must not have extra", z.strictObject({}), { extra: 1 }],
    ["must be one of a, b", kinds, { kind: "c" }],
    ["to is needed (a number)", either, {}],
    ["must be ISO", z.string({ error: "must be ISO" }), 3],
  ])("says %j", (words, schema, value) => {
    expect(wordsFor(schema, value)).toEqual([words]);
  });
});
