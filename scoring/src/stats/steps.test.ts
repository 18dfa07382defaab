import { expect, it } from "vitest";
import { asPart, finish, type Steps } from "./steps.ts";

function* halves(result: string): Steps<string> {
  yield 0.5;
  yield 1;
  return result;
}

function* both(): Steps<string> {
  const first = yield* asPart(halves("a"), 0, 2);
  return first + (yield* asPart(halves("b"), 1, 2));
}

it("does all of the parts, and tells the share that is done of all of them", () => {
  expect([...both()]).toEqual([0.25, 0.5, 0.75, 1]);
  expect(finish(both())).toBe("ab");
});
