import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  afterPast,
  answered,
  DAY,
  decide,
  NOW,
  nps,
  OTHER,
  past,
  SURVEY,
} from "../../test/prompt-facts.ts";
import { surveyOf } from "../../test/surveys.ts";
import { CLAIM_EXPIRES_MS, type PromptFacts } from "./decide-prompt.ts";
import type { SurveyDefinition } from "./survey-definition.ts";

describe("decidePrompt", () => {
  it("grants a live survey to somebody who was never asked", () => {
    expect(decide()).toBeNull();
  });

  it("refuses a survey that is a draft, stopped, too early or over", () => {
    for (const status of ["draft", "stopped"] as const) {
      expect(decide({ survey: { ...surveyOf(), status } })?.reason).toBe("not_live");
    }
    const startAt = new Date(NOW + DAY).toISOString();
    expect(decide({}, { schedule: { startAt } })).toEqual({
      reason: "not_live",
      retryAtMs: NOW + DAY,
    });
    expect(decide({}, { schedule: { endAt: new Date(NOW).toISOString() } })?.reason).toBe(
      "not_live",
    );
  });

  it("asks only whom the survey is for, by traits of both and by segment", () => {
    const targeting = {
      user: [{ property: "role", operator: "equals", value: "admin" }],
      account: [{ property: "seats", operator: "greater_than", value: 10 }],
      segments: ["plan:pro", "plan:max"],
    } satisfies SurveyDefinition["targeting"];
    const fitting = {
      userTraits: { role: "admin" },
      accountTraits: { seats: 11 },
      segments: ["plan:max"],
    };
    expect(decide(fitting, { targeting })).toBeNull();
    for (const miss of [{ userTraits: {} }, { accountTraits: { seats: 10 } }, { segments: [] }]) {
      expect(decide({ ...fitting, ...miss }, { targeting })?.reason).toBe("not_targeted");
    }
  });

  it("asks only on the kinds of device that the survey names", () => {
    const targeting = { user: [], account: [], segments: [], devices: ["desktop", "tablet"] };
    const decideOn = (device: PromptFacts["device"]) =>
      decide({ device }, { targeting: targeting as SurveyDefinition["targeting"] })?.reason;
    expect(decideOn("desktop")).toBeUndefined();
    expect(decideOn("tablet")).toBeUndefined();
    expect(decideOn("phone")).toBe("not_targeted");
    // Whom an audience is counted for may hold anything.
    expect(decideOn(null)).toBeUndefined();
    expect(decide({ device: "phone" })).toBeNull();
  });

  it("keeps 7 days between any two prompts, counted from when one was shown", () => {
    const prompt = past(8, { shownAtMs: NOW - 6.9 * DAY });
    expect(afterPast([prompt])).toEqual({
      reason: "person_cooling_down",
      retryAtMs: NOW + 0.1 * DAY,
    });
    expect(afterPast([past(7)])).toBeNull();
  });

  it("counts the prompts of a tag over all its surveys, and says when the next has room", () => {
    const limits = [{ prompts: 2, days: 90, surveyIds: new Set([SURVEY, OTHER]) }];
    const after = (...prompts: PromptFacts["past"]) => decide({ past: prompts, limits });
    const until = { reason: "tag_limit", retryAtMs: NOW + 10 * DAY };
    expect(after(answered(80), answered(40))).toEqual(until);
    expect(after(answered(200), answered(80), answered(40))).toEqual(until);
    expect(after(answered(90), answered(40))).toBeNull();
    // Neither what the person wished for counts, nor a survey without the tag.
    const elsewhere = answered(40, { surveyId: "0198c7a0-0000-7000-8000-000000000003" });
    expect(after(answered(80), elsewhere)).toBeNull();
    expect(after(answered(80), answered(40, { isRequested: true }))).toBeNull();
  });

  it("waits for an open grant, and forgets one that was never shown", () => {
    const open = past(0, { state: "claimed", shownAtMs: null, claimedAtMs: NOW - 60_000 });
    expect(afterPast([open])).toEqual({
      reason: "person_cooling_down",
      retryAtMs: NOW - 60_000 + CLAIM_EXPIRES_MS,
    });
    expect(afterPast([{ ...open, claimedAtMs: NOW - CLAIM_EXPIRES_MS }])).toBeNull();
  });

  it("never repeats an answered survey by default, and after its own days otherwise", () => {
    const own = answered(400, { surveyId: SURVEY });
    expect(afterPast([own])).toEqual({ reason: "already_answered" });
    expect(afterPast([own], { repeatAfterDays: 401 })).toEqual({
      reason: "already_answered",
      retryAtMs: NOW + DAY,
    });
    expect(afterPast([own], { repeatAfterDays: 400 })).toBeNull();
  });

  it("leaves 90 days between NPS questions, of any survey", () => {
    const other = answered(89, { isNps: true });
    expect(afterPast([other], nps)).toEqual({
      reason: "survey_cooling_down",
      retryAtMs: NOW + DAY,
    });
    expect(afterPast([answered(90, { isNps: true })], nps)).toBeNull();
    expect(afterPast([other])).toBeNull();
  });

  it("holds back a dismissed survey for 30 days, and no other", () => {
    const dismissed = past(29, {
      state: "dismissed",
      closedAtMs: NOW - 29 * DAY,
      surveyId: SURVEY,
    });
    expect(afterPast([dismissed])).toEqual({
      reason: "survey_cooling_down",
      retryAtMs: NOW + DAY,
    });
    expect(afterPast([{ ...dismissed, surveyId: OTHER }])).toBeNull();
  });

  it("takes 'later' as 7 days from when it was said, and 'never' for good", () => {
    const later = past(8, { state: "postponed", closedAtMs: NOW - 6 * DAY });
    expect(afterPast([later])).toEqual({ reason: "postponed", retryAtMs: NOW + DAY });
    expect(afterPast([{ ...later, closedAtMs: NOW - 7 * DAY }])).toBeNull();
    expect(afterPast([past(3_000, { state: "opted_out" })])).toEqual({ reason: "opted_out" });
  });

  it("falls silent for 90 days after 3 prompts in a row without an answer", () => {
    const three = [past(40), past(30), past(20)];
    expect(afterPast(three)).toEqual({ reason: "shown_too_often", retryAtMs: NOW + 70 * DAY });
    expect(afterPast([past(130), past(120), past(90)])).toBeNull();
    expect(afterPast([past(40), answered(35), past(30), past(20)])).toBeNull();
  });

  it("shows one prompt a session, whatever the clocks say", () => {
    const { reason } = afterPast([past(30, { sessionId: "this" })]) ?? {};
    expect(reason).toBe("session_limit");
  });

  it("keeps to the account's budget and the survey's cap", () => {
    expect(decide({ accountFreeAtMs: NOW + 1 })).toEqual({
      reason: "account_budget",
      retryAtMs: NOW + 1,
    });
    expect(decide({ accountFreeAtMs: NOW })).toBeNull();
    expect(decide({ capUsed: 10 }, { responseCap: 10 })?.reason).toBe("response_cap");
    expect(decide({ capUsed: 9 }, { responseCap: 10 })).toBeNull();
  });

  it("leaves a segment alone that answered enough, and asks the others", () => {
    const quotas = [
      { segment: "plan:free", answers: 2 },
      { segment: "large", answers: 9 },
    ];
    const quotaUsed = { "plan:free": 2, large: 8 };
    const among = (...segments: string[]) => decide({ segments, quotaUsed }, { quotas });
    expect(among("large", "plan:free")).toEqual({ reason: "segment_quota" });
    expect(among("large")).toBeNull();
    expect(among()).toBeNull();
    expect(decide({ segments: ["plan:free"], quotaUsed: {} }, { quotas })).toBeNull();
  });

  it("samples the same people each time, about as many as wanted", () => {
    const people = Array.from({ length: 2_000 }, (_, at) => `user ${at}`);
    const sample = () =>
      people.filter((personId) => decide({ personId }, { sampleShare: 0.3 }) === null);
    expect(sample()).toEqual(sample());
    expect(sample().length).toBeGreaterThan(520);
    expect(sample().length).toBeLessThan(680);
  });

  it("spreads the first asking evenly over the days", () => {
    const survey = surveyOf({ ...nps, spreadDays: 90 });
    const people = Array.from({ length: 2_000 }, (_, at) => `user ${at}`);
    const openOn = (day: number) =>
      people.filter((personId) => decide({ personId, survey, nowMs: day * DAY }) === null).length;
    expect(openOn(0)).toBeLessThan(50);
    expect(Math.abs(openOn(44) - 1_000)).toBeLessThan(120);
    expect(openOn(89)).toBe(2_000);
  });

  it("lets a wish bypass the clocks, the session and the budget, but not a stopped survey", () => {
    const busy = {
      isRequested: true,
      past: [past(0, { sessionId: "this" }), past(1, { state: "opted_out" })],
      accountFreeAtMs: NOW + DAY,
    };
    const manual = { trigger: { kind: "manual" } } satisfies Partial<SurveyDefinition>;
    expect(decide(busy, manual)).toBeNull();
    const stopped = { ...surveyOf(manual), status: "stopped" } as const;
    expect(decide({ ...busy, survey: stopped })?.reason).toBe("not_live");
  });

  it("believes in a wish only where nothing else triggers the survey", () => {
    expect(decide({ isRequested: true, past: [past(1)] })?.reason).toBe("person_cooling_down");
  });

  it("bounds the wishes of one person, and lets none of them start a clock", () => {
    const manual = { trigger: { kind: "manual" } } satisfies Partial<SurveyDefinition>;
    const wishes = Array.from({ length: 5 }, () => past(0.5, { isRequested: true }));
    expect(decide({ isRequested: true, past: wishes }, manual)).toEqual({
      reason: "shown_too_often",
      retryAtMs: NOW + 0.5 * DAY,
    });
    expect(decide({ isRequested: true, past: wishes.slice(1) }, manual)).toBeNull();
    expect(afterPast(wishes)).toBeNull();
  });

  it("never grants within 7 days of a prompt, and says a time at which one clock is over", () => {
    const state = fc.constantFrom("shown", "answered", "dismissed", "postponed" as const);
    const arbitrary = fc.record({ daysAgo: fc.double({ min: 0, max: 200, noNaN: true }), state });
    fc.assert(
      fc.property(fc.array(arbitrary, { minLength: 1, maxLength: 12 }), (drawn) => {
        const prompts = drawn.map(({ daysAgo, state }) => {
          const at = NOW - daysAgo * DAY;
          return past(daysAgo, {
            state,
            answeredAtMs: state === "answered" ? at : null,
            closedAtMs: state === "shown" ? null : at,
          });
        });
        const refusal = afterPast(prompts);
        const newest = Math.min(...drawn.map(({ daysAgo }) => daysAgo));
        if (newest < 7) expect(refusal).not.toBeNull();
        if (refusal?.retryAtMs !== undefined) expect(refusal.retryAtMs).toBeGreaterThan(NOW);
      }),
    );
  });
});
