import { describe, expect, it } from "vitest";
import { dayOf, factsAsOf, MS_PER_DAY } from "./facts.ts";
import { accountFacts, usageRow } from "./testing/facts.ts";

describe("factsAsOf", () => {
  it("cuts off what is later, and what was reached later", () => {
    const at = 50 * MS_PER_DAY;
    const facts = accountFacts({
      usage: [usageRow({ day: 50 }), usageRow({ day: 51 })],
      responses: [
        { userId: "a", at, kind: "nps", value: 1 },
        { userId: "a", at: at + 1, kind: "nps", value: 2 },
      ],
      milestones: [{ milestone: "m", dueAt: at, reachedAt: at + 1 }],
    });
    const known = factsAsOf(facts, at);
    expect(known.usage).toHaveLength(1);
    expect(known.responses).toHaveLength(1);
    expect(known.milestones).toEqual([{ milestone: "m", dueAt: at, reachedAt: null }]);
  });

  it("takes seats and segments as they were said until then", () => {
    const facts = accountFacts({
      seats: 40,
      segments: ["plan:pro"],
      standings: [
        { from: 10 * MS_PER_DAY, seats: null, segments: ["plan:free"] },
        { from: 20 * MS_PER_DAY, seats: 40, segments: ["plan:pro"] },
      ],
    });
    const known = [9, 10, 19.5, 20, 99].map((day) => factsAsOf(facts, day * MS_PER_DAY));
    expect(known.map(({ seats }) => seats)).toEqual([null, null, null, 40, 40]);
    expect(known.map(({ segments }) => segments.join())).toEqual([
      "",
      "plan:free",
      "plan:free",
      "plan:pro",
      "plan:pro",
    ]);
  });

  it("takes seats and segments as they are when nothing is known of the past", () => {
    const facts = accountFacts({ seats: 7, segments: ["plan:pro"] });
    expect(factsAsOf(facts, 0)).toMatchObject({ seats: 7, segments: ["plan:pro"] });
  });
});

describe("dayOf", () => {
  it("counts days from 1970, also before it, and refuses what is no time", () => {
    expect([0, MS_PER_DAY - 1, MS_PER_DAY, -1].map(dayOf)).toEqual([0, 0, 1, -1]);
    expect(() => dayOf(Number.NaN)).toThrow(RangeError);
  });
});
