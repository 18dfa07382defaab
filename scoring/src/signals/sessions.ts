/**
 * `session_frequency`, `engaged_time`: how often people come and how long they are engaged.
 *
 * @module
 */

import { MS_PER_DAY } from "../facts.ts";
import { quantile, sorted } from "../stats/quantile.ts";
import {
  judgedDays,
  lastUsageDay,
  type Measurement,
  missing,
  momentOfDay,
  type Reading,
  usageInWindow,
} from "./reading.ts";

interface Visit {
  userId: string;
  engagedSeconds: number;
}

/** Sessions of the window; where no sessions were recorded, one user's day stands for one session. */
function sessionsOf(measurement: Measurement): Visit[] {
  const { facts, spec, now } = measurement;
  if (facts.sessions && facts.sessions.length > 0) {
    const oldest = now - spec.windowDays * MS_PER_DAY;
    return facts.sessions.filter((session) => session.at <= now && session.at > oldest);
  }
  const visits = new Map<string, Visit>();
  for (const { userId, day, engagedSeconds } of usageInWindow(measurement)) {
    const key = `${day} ${userId}`;
    const visit = visits.get(key);
    if (visit) visit.engagedSeconds += engagedSeconds;
    else visits.set(key, { userId, engagedSeconds });
  }
  return [...visits.values()];
}

/** Sessions ÷ (active users × weeks of the window). 0 for an account that fell silent. */
export function measureSessionFrequency(measurement: Measurement): Reading {
  const unit = "sessions per user-week";
  const last = lastUsageDay(measurement);
  if (last === null) return missing(unit);
  const sessions = sessionsOf(measurement);
  const users = new Set(sessions.map((session) => session.userId)).size;
  const weeks = Math.max(1, judgedDays(measurement)) / 7;
  return {
    value: users === 0 ? 0 : sessions.length / (users * weeks),
    unit,
    sampleSize: sessions.length,
    observedAt: momentOfDay(last, measurement.now),
  };
}

/** Median engaged seconds of a session. Missing where there was none in the window. */
export function measureEngagedTime(measurement: Measurement): Reading {
  const unit = "engaged seconds a session";
  const last = lastUsageDay(measurement);
  const sessions = sessionsOf(measurement);
  if (last === null || sessions.length === 0) return missing(unit);
  return {
    value: quantile(sorted(sessions.map((session) => session.engagedSeconds)), 0.5),
    unit,
    sampleSize: sessions.length,
    observedAt: momentOfDay(last, measurement.now),
  };
}

/** Sessions of the window, for rates; 0 or more. */
export function sessionCount(measurement: Measurement): number {
  return sessionsOf(measurement).length;
}
