import { expect, it } from "vitest";
import { z } from "zod";
import { toProblemErrors } from "../http.ts";
import { Problem } from "../problem.ts";
import { toNamedFaults } from "./field-faults.ts";

const schema = z.object({ name: z.string().min(1), days: z.number().max(365) });
const labels = { name: "Name" };

it("says to people what the API says to programs, of the fields as the form calls them", () => {
  const error = schema.safeParse({ name: "", days: 400 }).error ?? new z.ZodError([]);
  const said = [
    { field: "name", message: "Name must not be empty." },
    { field: "", message: "days must be 365 or less." },
  ];
  expect(toNamedFaults(error, labels)).toEqual(said);
  const errors = toProblemErrors(error);
  expect(toNamedFaults(new Problem("invalid-request", "", { errors }), labels)).toEqual(said);
});

it("says on top of the form what is about no field", () => {
  const taken = new Problem("conflict", "This key is taken.");
  expect(toNamedFaults(taken, labels)).toEqual([{ field: "", message: "This key is taken." }]);
});
