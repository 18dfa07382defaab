import type { PromptRefusal } from "@telltale/protocol";
import type { PastPrompt } from "./claim-queries.ts";
import type { Device } from "./device.ts";
import { matchesFilter, type Traits } from "./matches-filter.ts";
import { isSampled, spreadDayOf } from "./sampling.ts";
import { isNpsSurvey, NPS_DAYS, type Survey } from "./survey-definition.ts";
import type { TagLimit } from "./tag-limits.ts";

const MS_PER_DAY = 86_400_000;
/** Between any two prompts to one person, counted from when the first was shown. */
export const ANY_PROMPT_DAYS = 7;
/** After a person closed a survey, before that survey may come again. */
export const DISMISSED_DAYS = 30;
/** After "ask me later". */
export const LATER_DAYS = 7;
/** So many prompts in a row without an answer … */
export const UNANSWERED_LIMIT = 3;
/** … are followed by so many days of silence. */
export const UNANSWERED_PAUSE_DAYS = 90;
/** Surveys that one person may open on their own wish in a day. */
export const REQUESTS_A_DAY = 5;
/**
 * A grant that was never shown is void after this long: the tab may have died. The widget waits at
 * most 5 minutes for a good moment after its grant, and the record of the showing needs its time.
 */
export const CLAIM_EXPIRES_MS = 15 * 60_000;
/** A shown survey holds its place under a response cap for this long. */
export const CAP_HELD_MS = 60 * 60_000;

/** Everything that decides whether a survey may be shown. */
export interface PromptFacts {
  nowMs: number;
  survey: Survey;
  /** The stable id that sampling goes by. */
  personId: string;
  sessionId: string;
  /** The person clicked a feedback button. */
  isRequested: boolean;
  past: PastPrompt[];
  userTraits: Traits;
  accountTraits: Traits;
  /** What the person holds now; null: not known, when an audience is counted. */
  device: Device | null;
  /** Keys of the segments that the account is in. */
  segments: string[];
  /** Of the survey's tags. */
  limits: TagLimit[];
  /** When this account's next prompt is within its budget; null: now. */
  accountFreeAtMs: number | null;
  /** Answers, and places held by open prompts. */
  capUsed: number;
  /** The same by the segments that the survey has quotas for; absent: none. */
  quotaUsed: { [segment: string]: number };
}

/** A refusal, and when asking again could help. */
export interface Refusal {
  reason: PromptRefusal;
  retryAtMs?: number;
}

const days = (count: number): number => count * MS_PER_DAY;
const seenAt = (prompt: PastPrompt): number => prompt.shownAtMs ?? prompt.claimedAtMs;

function latest(prompts: PastPrompt[], at: (prompt: PastPrompt) => number | null): number {
  return Math.max(Number.NEGATIVE_INFINITY, ...prompts.map((prompt) => at(prompt) ?? -Infinity));
}

/** The key of the survey that `feedback()` opens. */
export const FEEDBACK_KEY = "feedback";

/**
 * Whether a claim is the person's own wish. Only the feedback survey, and what nothing else triggers,
 * can be wished for: otherwise any page could call its prompts wishes.
 */
export function isWish({ key, definition }: Survey, isRequested: boolean): boolean {
  return isRequested && (key === FEEDBACK_KEY || definition.trigger.kind === "manual");
}

/** A void grant never happened. */
function isReal(prompt: PastPrompt, nowMs: number): boolean {
  return prompt.state !== "claimed" || nowMs - prompt.claimedAtMs < CLAIM_EXPIRES_MS;
}

/** Whether the survey is open at all, to this person. */
function refuseByTarget(facts: PromptFacts): Refusal | null {
  const { nowMs, survey } = facts;
  const { schedule, targeting } = survey.definition;
  if (survey.status !== "live") return { reason: "not_live" };
  const startMs = schedule.startAt ? Date.parse(schedule.startAt) : Number.NEGATIVE_INFINITY;
  if (nowMs < startMs) return { reason: "not_live", retryAtMs: startMs };
  if (schedule.endAt && nowMs >= Date.parse(schedule.endAt)) return { reason: "not_live" };
  const { devices } = targeting;
  const isTargeted =
    (!devices || facts.device === null || devices.includes(facts.device)) &&
    targeting.user.every((filter) => matchesFilter(filter, facts.userTraits)) &&
    targeting.account.every((filter) => matchesFilter(filter, facts.accountTraits)) &&
    (targeting.segments.length === 0 ||
      targeting.segments.some((key) => facts.segments.includes(key)));
  return isTargeted ? null : { reason: "not_targeted" };
}

/** Whether this person is left alone with this survey. */
function refuseBySurvey(facts: PromptFacts, prompts: PastPrompt[]): Refusal | null {
  const { nowMs, survey } = facts;
  const { repeatAfterDays } = survey.definition;
  const own = prompts.filter(({ surveyId }) => surveyId === survey.id);
  const answeredAt = latest(own, (prompt) => prompt.answeredAtMs);
  if (answeredAt > Number.NEGATIVE_INFINITY) {
    if (repeatAfterDays === null) return { reason: "already_answered" };
    const retryAtMs = answeredAt + days(repeatAfterDays);
    if (nowMs < retryAtMs) return { reason: "already_answered", retryAtMs };
  }
  const dismissed = own.filter(({ state }) => state === "dismissed");
  let until = latest(dismissed, (prompt) => prompt.closedAtMs) + days(DISMISSED_DAYS);
  if (isNpsSurvey(survey.definition)) {
    const nps = prompts.filter(({ isNps }) => isNps);
    until = Math.max(until, latest(nps, (prompt) => prompt.answeredAtMs) + days(NPS_DAYS));
  }
  return nowMs < until ? { reason: "survey_cooling_down", retryAtMs: until } : null;
}

/** Whether this person is left alone with any survey. */
function refuseByPerson(facts: PromptFacts, prompts: PastPrompt[]): Refusal | null {
  const { nowMs } = facts;
  const postponed = prompts.filter(({ state }) => state === "postponed");
  const laterUntil = latest(postponed, (prompt) => prompt.closedAtMs) + days(LATER_DAYS);
  if (nowMs < laterUntil) return { reason: "postponed", retryAtMs: laterUntil };
  const seen = latest(prompts, seenAt);
  const answered = prompts.filter(({ answeredAtMs }) => answeredAtMs !== null);
  const lastAnswered = latest(answered, seenAt);
  const ignored = prompts.filter((prompt) => seenAt(prompt) > lastAnswered).length;
  if (ignored > 0 && ignored % UNANSWERED_LIMIT === 0) {
    const retryAtMs = seen + days(UNANSWERED_PAUSE_DAYS);
    if (nowMs < retryAtMs) return { reason: "shown_too_often", retryAtMs };
  }
  const coolUntil = seen + days(ANY_PROMPT_DAYS);
  if (nowMs >= coolUntil) return null;
  const open = prompts.find((prompt) => prompt.state === "claimed" && seenAt(prompt) === seen);
  const retryAtMs = open ? open.claimedAtMs + CLAIM_EXPIRES_MS : coolUntil;
  return { reason: "person_cooling_down", retryAtMs };
}

/** Whether this person saw as many prompts of a tag as the project allows. */
function refuseByTag({ nowMs, limits }: PromptFacts, prompts: PastPrompt[]): Refusal | null {
  const roomAt = limits.map((limit) => {
    const seen = prompts.filter(({ surveyId }) => limit.surveyIds.has(surveyId)).map(seenAt);
    const last = seen.sort((a, b) => b - a)[limit.prompts - 1] ?? Number.NEGATIVE_INFINITY;
    return last + days(limit.days);
  });
  const retryAtMs = Math.max(...roomAt);
  return nowMs < retryAtMs ? { reason: "tag_limit", retryAtMs } : null;
}

function refuseBySample({ nowMs, survey, personId }: PromptFacts): Refusal | null {
  const { sampleShare, spreadDays, schedule } = survey.definition;
  if (!isSampled(survey.id, personId, sampleShare)) return { reason: "not_sampled" };
  const begin = schedule.startAt
    ? Date.parse(schedule.startAt)
    : (survey.liveAt ?? survey.createdAt).getTime();
  const turnAt = begin + days(spreadDayOf(survey.id, personId, spreadDays));
  return nowMs < turnAt ? { reason: "not_sampled", retryAtMs: turnAt } : null;
}

function refuseRequest(facts: PromptFacts, all: PastPrompt[]): Refusal | null {
  const requested = all.filter(
    (prompt) => prompt.isRequested && facts.nowMs - prompt.claimedAtMs < days(1),
  );
  if (requested.length < REQUESTS_A_DAY) return null;
  const oldest = Math.min(...requested.map(({ claimedAtMs }) => claimedAtMs));
  return { reason: "shown_too_often", retryAtMs: oldest + days(1) };
}

/** The segments of an account that count against a quota of the survey. */
export function quotaSegmentsOf({ definition }: Survey, segments: readonly string[]): string[] {
  return (definition.quotas ?? []).flatMap(({ segment }) =>
    segments.includes(segment) ? [segment] : [],
  );
}

/** Whether enough people answered: of all, or of a segment of this account. */
function refuseByCap({ survey, capUsed, quotaUsed, segments }: PromptFacts): Refusal | null {
  const { responseCap, quotas = [] } = survey.definition;
  if (responseCap !== null && capUsed >= responseCap) return { reason: "response_cap" };
  const isFull = quotas.some(
    ({ segment, answers }) => segments.includes(segment) && (quotaUsed[segment] ?? 0) >= answers,
  );
  return isFull ? { reason: "segment_quota" } : null;
}

/**
 * Decides whether a survey may be shown to a person now.
 *
 * Two clocks run: one for the person, over all surveys, counted from when a prompt was shown, and
 * one for this survey. What a person asked for themselves bypasses both, and starts neither; only
 * surveys that nothing but a wish triggers can be asked for.
 *
 * @returns null when it may
 */
export function decidePrompt(facts: PromptFacts): Refusal | null {
  const { nowMs, survey } = facts;
  const capped = refuseByCap(facts);
  const unavailable = refuseByTarget(facts);
  if (unavailable) return unavailable;
  // A wish always reserves its place, also when the tab died: it is counted against floods.
  if (isWish(survey, facts.isRequested)) return refuseRequest(facts, facts.past) ?? capped;
  const real = facts.past.filter((prompt) => isReal(prompt, nowMs));
  if (real.some(({ state }) => state === "opted_out")) return { reason: "opted_out" };
  if (facts.sessionId !== "" && real.some(({ sessionId }) => sessionId === facts.sessionId)) {
    return { reason: "session_limit" };
  }
  const prompts = real.filter((prompt) => !prompt.isRequested);
  const refusal =
    refuseBySurvey(facts, real) ??
    refuseByPerson(facts, prompts) ??
    refuseByTag(facts, prompts) ??
    refuseBySample(facts);
  if (refusal) return refusal;
  if (facts.accountFreeAtMs !== null && nowMs < facts.accountFreeAtMs) {
    return { reason: "account_budget", retryAtMs: facts.accountFreeAtMs };
  }
  return capped;
}
