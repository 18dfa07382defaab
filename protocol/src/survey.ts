/** Surveys: what the browser learns of them, asks for, shows and answers. */

import type { Json, WakeRule } from "./ingest.ts";

/** A test of one property of an event. There are no regular expressions, on purpose. */
export interface PropertyFilter {
  property: string;
  operator: "equals" | "not_equals" | "contains" | "greater_than" | "less_than" | "exists";
  value?: string | number | boolean;
}

/** How the path of a page is compared with the one of a trigger. */
export type PathMatch =
  | "equals"
  | "starts_with"
  | "ends_with"
  | "contains"
  | "not_equals"
  | "not_contains";

/** What makes a survey due. */
export type SurveyTrigger =
  | { kind: "event"; event: string; where?: PropertyFilter[] }
  | { kind: "feature"; feature: string; stage?: string }
  | { kind: "task"; task?: string; outcome: "completed" | "failed" }
  | { kind: "page"; match: PathMatch; path: string }
  | { kind: "time_on_page"; seconds: number; path?: string }
  /** Once so much of the page was scrolled through, 1–100 per cent. */
  | { kind: "scroll"; percent: number; path?: string }
  /** A click on an element that a CSS selector matches, or on what is in it; with a text, only where that is all it says. */
  | { kind: "click"; selector: string; text?: string; path?: string }
  | { kind: "exit_intent"; path?: string }
  | { kind: "manual" };

/** What the browser knows of a survey before it asks for it. */
export interface SurveyRule {
  id: string;
  key: string;
  trigger: SurveyTrigger;
  /** The event that may make it due; none where the page is watched, or only a wish triggers it. */
  event?: string;
  /** Wait this long after the trigger, then test again, in milliseconds. */
  delayMs: number;
  /** Any of these events withdraws a waiting prompt. */
  cancelEvents: string[];
  /** CSS selector; asks only while an element of the page matches it. */
  selector?: string;
}

/** The answer of `GET /v1/config`. */
export interface PublicConfig {
  wake: WakeRule[];
  surveys: SurveyRule[];
  /** Whether a survey with the key `feedback` is live, so that `feedback()` can open it. */
  hasFeedback: boolean;
}

/** The body of `POST /v1/prompts/claim`: may this survey be shown to this person now? */
export interface PromptClaimRequest {
  writeKey?: string;
  surveyId?: string;
  surveyKey?: string;
  anonymousId: string;
  userId?: string;
  accountId?: string;
  sessionId: string;
  /** JWT signed by the customer's server. */
  token?: string;
  /** BCP 47 tags in order of preference. */
  locales?: string[];
  /** The path of the page, without query and hash. */
  path?: string;
  /** True when the person asked for it: opened by a click on a feedback button. */
  isRequested?: boolean;
}

/** Why a prompt may not be shown. */
export type PromptRefusal =
  | "unknown_survey"
  | "not_live"
  | "not_targeted"
  | "not_sampled"
  | "already_answered"
  | "opted_out"
  | "postponed"
  | "survey_cooling_down"
  | "person_cooling_down"
  | "shown_too_often"
  | "session_limit"
  | "tag_limit"
  | "account_budget"
  | "response_cap"
  | "segment_quota"
  | "identity_unverified"
  | "crawler";

/** The answer of `POST /v1/prompts/claim`. */
export type PromptClaimResponse =
  | { granted: true; impressionId: string; survey: SurveyContent }
  | {
      granted: false;
      reason: PromptRefusal;
      /** When asking again could help, ISO 8601. */
      retryAt?: string;
    };

/** A survey as it is shown: one language, no targeting. */
export interface SurveyContent {
  id: string;
  key: string;
  name: string;
  /** The language of the texts, BCP 47. */
  locale: string;
  direction: "ltr" | "rtl";
  /** 1 to 5 questions, then perhaps a `thanks` step. */
  steps: SurveyStep[];
  appearance: SurveyAppearance;
  /** The widget's own words in this language. */
  messages: SurveyMessages;
}

export interface SurveyAppearance {
  theme: "light" | "dark" | "auto";
  position: "bottom_right" | "bottom_left" | "top_right" | "top_left" | "center";
  /** CSS colour of buttons and selection. */
  accent?: string;
  /** CSS selector of the element that a thumbs question stands beside. */
  anchor?: string;
}

/** The widget's own words. */
export interface SurveyMessages {
  /** Name of the region, for screen readers. */
  region: string;
  /** Said politely when a prompt appears; `{hotkey}` is replaced. */
  announcement: string;
  close: string;
  send: string;
  next: string;
  back: string;
  later: string;
  never: string;
  why: string;
  whyText: string;
  /** Said after `whyText` to whom was asked before, unless empty; the collector replaces `{date}`. */
  lastAsked: string;
  other: string;
  thanks: string;
  optional: string;
  thumbsUp: string;
  thumbsDown: string;
  /** From worst to best, 5 words for face ratings. */
  faces: [string, string, string, string, string];
  /** `{value}` of `{max}`, for stars and numbers. */
  ofMax: string;
}

/** When an answer leads elsewhere than to the next step. The first that matches wins. */
export interface StepBranch {
  when: { operator: "equals" | "at_most" | "at_least" | "includes"; value: string | number };
  /** Id of a step, or `end`. */
  goTo: string;
}

interface StepBase {
  id: string;
  /** The question or sentence, plain text. */
  prompt: string;
  branches?: StepBranch[];
}

export type SurveyStep =
  | (StepBase & {
      kind: "rating";
      /** What the number measures; `custom` does not enter sentiment signals. */
      measure: "csat" | "ces" | "custom";
      display: "faces" | "stars" | "numbers";
      /** The answer is a whole number from 1 to this. */
      scale: 3 | 5 | 7 | 10;
      lowLabel?: string;
      highLabel?: string;
    })
  | (StepBase & { kind: "nps"; lowLabel?: string; highLabel?: string })
  | (StepBase & { kind: "thumbs" })
  | (StepBase & {
      kind: "choice";
      /** `tag`: what choosing it asks for, in the words of the roadmap; browsers don't learn of it. */
      options: { value: string; label: string; tag?: string }[];
      isMultiple: boolean;
      hasOther: boolean;
      isShuffled?: boolean;
    })
  | (StepBase & { kind: "text"; placeholder?: string; isOptional: boolean; maxLength: number })
  | (StepBase & { kind: "link"; href: string; label: string })
  | (StepBase & { kind: "thanks" });

/** Properties of `Survey Shown`. */
export interface SurveyShownProperties {
  survey_id: string;
  impression_id: string;
}

/**
 * Properties of `Survey Answered`. One event per answered step, so a partial answer counts; the
 * impression joins them.
 */
export interface SurveyAnsweredProperties {
  survey_id: string;
  impression_id: string;
  question_id: string;
  /** Rating 1…scale, NPS 0–10, thumbs 0 or 1. */
  value?: number;
  /** Values of the chosen options; free text of "other" in `text`. */
  choices?: string[];
  text?: string;
  /** True with the last answer. */
  is_final: boolean;
}

/** Properties of `Survey Dismissed` and `Survey Postponed`. */
export interface SurveyClosedProperties {
  survey_id: string;
  impression_id: string;
  /** The step that was open. */
  question_id: string;
  /** With `Survey Postponed`: later, or never again. */
  until?: "later" | "never";
  /** With `Survey Dismissed`: the page went while it was open, which is no refusal. */
  is_abandoned?: boolean;
}

/** What the SDK hands to the widget bundle: `startPrompts(bridge)`. */
export interface PromptBridge {
  /** Origin of the collector, without a slash at the end. */
  host: string;
  writeKey: string;
  config: PublicConfig;
  /** The identity at this moment. */
  who(): {
    anonymousId: string;
    userId?: string;
    accountId?: string;
    sessionId: string;
    token?: string;
  };
  /** Records an event through the SDK's durable queue. */
  track(event: string, properties: { [key: string]: Json }): void;
  /** Calls back for each event from now on; returns the way to stop it. Page views are `$page`. */
  onEvent(listener: (event: string, properties: { [key: string]: Json }) => void): () => void;
  /** Explains a decision, when the host page asked for `debug`. */
  debug(...line: unknown[]): void;
}

/** What the widget bundle gives back. */
export interface Prompts {
  /** Hands in the event that woke the bundle. */
  notify(event: string, properties: { [key: string]: Json }): void;
  /** Asks for a survey by key; the person, or the app on their behalf, wants it now. */
  survey(key: string): void;
  /** Opens the survey whose key is `feedback`. */
  feedback(): void;
  /** Why each prompt did or did not show, newest last. */
  decisions(): { at: number; survey: string; decision: string }[];
  /** Takes everything down, at logout or when consent is withdrawn. */
  stop(): void;
}
