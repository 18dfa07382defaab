import type {
  SurveyAnsweredProperties,
  SurveyClosedProperties,
  SurveyShownProperties,
} from "@telltale/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nextStepIndex } from "./branches.ts";
import { createSurveySession } from "./session.ts";
import { csatSteps, surveyOf } from "./testing/fixtures.ts";

function start(steps = csatSteps) {
  const tracked: unknown[][] = [];
  const session = createSurveySession({
    grant: { survey: surveyOf(steps), impressionId: "i1" },
    track: (...record) => void tracked.push(record),
  });
  return { session, tracked };
}

const ids: SurveyShownProperties = { survey_id: "s1", impression_id: "i1" };

// The records as the protocol has them: one that differs fails here, be it by its name or its type.
type Own<Properties> = Omit<Properties, keyof SurveyShownProperties>;
const answered = (own: Own<SurveyAnsweredProperties>) => ["Survey Answered", { ...ids, ...own }];
const closed = (how: "Dismissed" | "Postponed", own: Own<SurveyClosedProperties>) => [
  `Survey ${how}`,
  { ...ids, ...own },
];

describe("createSurveySession", () => {
  it("records the showing once", () => {
    const { session, tracked } = start();
    session.shown();
    session.shown();
    expect(tracked).toEqual([["Survey Shown", ids]]);
  });

  it("records each answer at once, and marks the last", () => {
    const { session, tracked } = start();
    expect(session.answer({ value: 2 })?.id).toBe("text");
    expect(session.answer({ text: "slow" })?.id).toBe("thanks");
    expect(tracked).toEqual([
      answered({ question_id: "rating", value: 2, is_final: false }),
      answered({ question_id: "text", text: "slow", is_final: true }),
    ]);
  });

  it("skips to the thanks where a branch leads to the end", () => {
    const { session, tracked } = start();
    expect(session.answer({ value: 5 })?.id).toBe("thanks");
    expect(tracked).toEqual([answered({ question_id: "rating", value: 5, is_final: true })]);
  });

  it("lets an answer be replaced by going back", () => {
    const { session, tracked } = start();
    session.answer({ value: 2 });
    expect(session.canGoBack).toBe(true);
    expect(session.back()?.id).toBe("rating");
    expect(session.canGoBack).toBe(false);
    session.answer({ value: 4 });
    expect(tracked.map(([, properties]) => (properties as { value: number }).value)).toEqual([
      2, 4,
    ]);
  });

  it("records which question was open when it was closed, and nothing after that", () => {
    const { session, tracked } = start();
    session.answer({ value: 1 });
    session.close();
    session.close();
    session.answer({ text: "late" });
    expect(tracked.slice(1)).toEqual([closed("Dismissed", { question_id: "text" })]);
    expect(session.step).toBeNull();
  });

  it("takes closing the thanks for no refusal", () => {
    const { session, tracked } = start();
    session.answer({ value: 5 });
    session.close();
    expect(tracked).toHaveLength(1);
  });

  it("records a page that goes with a question open, and no other", () => {
    const left = (steps?: typeof csatSteps) => {
      const { session, tracked } = start(steps);
      session.shown();
      session.answer({ value: steps ? 2 : 5 });
      dispatchEvent(new Event("pagehide"));
      return tracked.at(-1);
    };
    const gone = closed("Dismissed", { question_id: "text", is_abandoned: true });
    expect(left(csatSteps)).toEqual(gone);
    expect(left()?.[0]).toBe("Survey Answered");
  });

  it("records once that the page went, and not after it was taken away", () => {
    const { session, tracked } = start();
    session.shown();
    for (const _ of [1, 2]) dispatchEvent(new Event("pagehide"));
    expect(tracked).toHaveLength(2);
    const other = start();
    other.session.shown();
    other.session.leave();
    dispatchEvent(new Event("pagehide"));
    expect(other.tracked).toEqual([["Survey Shown", ids]]);
    expect(other.session.step).toBeNull();
  });

  it("records later and never", () => {
    const { session, tracked } = start();
    session.postpone("never");
    const never = closed("Postponed", { question_id: "rating", until: "never" });
    expect(tracked).toEqual([never]);
  });
});

describe("nextStepIndex", () => {
  const step = (id: string, branches: object[] = []) =>
    ({ id, kind: "nps", prompt: id, branches }) as never;

  it.each([
    [{ operator: "at_most", value: 6 }, { value: 6 }, true],
    [{ operator: "at_most", value: 6 }, { text: "none" }, false],
    [{ operator: "at_least", value: 9 }, { value: 8 }, false],
    [{ operator: "equals", value: 0 }, { value: 0 }, true],
    [{ operator: "equals", value: "a" }, { choices: ["a"] }, true],
    [{ operator: "equals", value: "a" }, { choices: ["a", "b"] }, false],
    [{ operator: "includes", value: "b" }, { choices: ["a", "b"] }, true],
    [{ operator: "includes", value: "Slow" }, { text: "so slow" }, true],
    [{ operator: "includes", value: "b" }, {}, false],
  ])("%j against %j is %j", (when, answer, matches) => {
    const steps = [step("a", [{ when, goTo: "c" }]), step("b"), step("c")];
    expect(nextStepIndex(steps, 0, answer as never)).toBe(matches ? 2 : 1);
  });

  it("goes forward whatever the branches say, so that every survey ends", () => {
    const goTo = fc.constantFrom("s0", "s1", "s2", "s3", "s4", "end", "nowhere");
    const branch = fc.record({ when: fc.constant({ operator: "at_least", value: 0 }), goTo });
    fc.assert(
      fc.property(
        fc.array(fc.array(branch, { maxLength: 2 }), { minLength: 1, maxLength: 5 }),
        (all) => {
          const steps = all.map((branches, at) => step(`s${at}`, branches));
          let index = 0;
          let visits = 0;
          while (index < steps.length) {
            index = nextStepIndex(steps, index, { value: 1 });
            visits += 1;
          }
          expect(visits).toBeLessThanOrEqual(steps.length);
        },
      ),
    );
  });
});
