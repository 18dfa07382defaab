import { expect, it } from "vitest";
import { z } from "zod";
import { sayFault } from "./field-faults.ts";

it.each<[string, z.ZodType, unknown]>([
  ["is needed.", z.string(), undefined],
  ["is needed.", z.string().min(1), ""],
  ["needs 2 characters or more.", z.string().min(2), "a"],
  ["needs 2 items or more.", z.array(z.string()).min(2), []],
  ["has room for 3 characters.", z.string().max(3), "four"],
  ["has room for 1 items.", z.array(z.string()).max(1), ["a", "b"]],
  ["must be a number.", z.number(), "x"],
  ["must be 1 or more.", z.number().min(1), 0],
  ["must be 9 or less.", z.number().max(9), 10],
  ["needs one of its choices.", z.enum(["a", "b"]), "c"],
])("people read that a field %s", (words, schema, value) => {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  expect(sayFault("Name", issue?.message ?? "")).toBe(`Name ${words}`);
});
