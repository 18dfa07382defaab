/**
 * How a signal is measured: the choices of a model document.
 *
 * @module
 */

/** What can be measured. Which facts a kind needs is told in its file under `signals/`. */
export const SIGNAL_KINDS = [
  "raw_score",
  "feature_breadth",
  "feature_depth",
  "active_days",
  "seat_coverage",
  "stickiness",
  "session_frequency",
  "engaged_time",
  "critical_return",
  "velocity",
  "task_completion",
  "time_to_value",
  "path_adherence",
  "milestones",
  "friction",
  "web_vital",
  "csat",
  "nps",
  "ces",
  "thumbs",
  "comments",
  "sentiment_trajectory",
  "silence",
  "external",
] as const;

/** What is measured. */
export type SignalKind = (typeof SIGNAL_KINDS)[number];

/** Where an answer or a rating comes from. `comment`: how somebody felt who wrote one, as far as can be told. */
export const RESPONSE_KINDS = ["csat", "nps", "ces", "thumbs", "comment"] as const;

/** What browsers measure of a page load: milliseconds, but `CLS` the share of the screen that jumped times how far, a share too. */
export const VITALS = ["CLS", "FCP", "INP", "LCP"] as const;

/** How the values of an external series can become one. */
export const AGGREGATES = ["last", "sum", "mean", "count", "slope"] as const;

/** How the values of an external series become one. */
export type Aggregate = (typeof AGGREGATES)[number];

/** How one signal is measured. Fields that a kind does not name are ignored by it. */
export interface SignalSpec {
  /** Names the signal within the model. */
  key: string;
  label: string;
  kind: SignalKind;
  /** Rolling window, 7–365 days. */
  windowDays: number;
  /** Age at which an observation weighs one half, in days; null for no decay. */
  halfLifeDays: number | null;
  /** Days after its last observation at which the signal is stale, and counts as missing. */
  staleAfterDays: number;
  /** What an amount is divided by; `account` for nothing. Seats that are unknown become active users. */
  per: "account" | "seat" | "active_user";
  /** `raw_score`: points of each event; events that are not named weigh `otherEventWeight`. */
  eventWeights?: Record<string, number>;
  /** `raw_score`: points of an event without a weight of its own; 1 unless told. */
  otherEventWeight?: number;
  /** Usage signals: events that are no use of the product, such as signing in. */
  ignoredEvents?: string[];
  /** `raw_score`: largest share of the account's amount that one user may give, above 0 up to 1. */
  maxUserShare?: number;
  /** Core or critical features; without any, all features that the account uses count. */
  features?: string[];
  /** `feature_breadth`: days of use that make a feature used; 1 unless told. */
  minDays?: number;
  /** `active_days`, `velocity`, `stickiness`: leave Saturdays and Sundays out. */
  isWorkingDaysOnly?: boolean;
  /** `velocity`: half-life of the fast mean in days; 7 unless told. */
  fastDays?: number;
  /** `velocity`: half-life of the slow mean in days; 28 unless told. */
  slowDays?: number;
  /** Sentiment: answers that the project's mean is worth; 5 unless told. */
  shrinkage?: number;
  /** `sentiment_trajectory`: kinds of response that are looked at; all but comments unless told. */
  responseKinds?: (typeof RESPONSE_KINDS)[number][];
  /** `task_completion`: tasks that count; all unless told. */
  tasks?: string[];
  /** `time_to_value`: the event or feature that is the moment of value. `path_adherence`: the steps in order. */
  path?: string[];
  /** `friction`: kinds that count; all unless told. */
  frictionKinds?: string[];
  /** `web_vital`: name of the vital, one of {@link VITALS}. */
  vital?: string;
  /** `external`: name of the series. */
  series?: string;
  /** `external`: how its values become one. */
  aggregate?: Aggregate;
  /** `external`: sum and count are 0, not missing, for an account without any value ever. */
  isZeroWhenAbsent?: boolean;
  /** `external`: unit to show. */
  unit?: string;
  /** Ten or more values, evenly spaced quantiles, that stand for a population while there is none. */
  prior?: number[];
  /** When somebody is to look at it again, ISO 8601. */
  reviewBy?: string;
}
