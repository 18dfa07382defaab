/**
 * `session_frequency`, `engaged_time`: how often people come and how long they are engaged.
 *
 * A session is one user's day [ours]. A browser's session goes on past midnight, moves to another user when a visitor becomes
 * known, and ends where somebody closed a tab: counted so, a day that is over would not keep its score.
 *
 * @module
 */

import { quantile, sorted } from "../stats/quantile.ts";
import {
  judgedDays,
  lastUsageDay,
  lostDays,
  type Measurement,
  missing,
  momentOfDay,
  type Reading,
  usageInWindow,
} from "./reading.ts";

interface Session {
  userId: string;
  engagedSeconds: number;
}

/** Days of the window on which a user was there, one session each. */
function sessionsOf(measurement: Measurement): Session[] {
  const sessions = new Map<string, Session>();
  for (const { userId, day, engagedSeconds } of usageInWindow(measurement)) {
    const key = `${day} ${userId}`;
    const session = sessions.get(key);
    if (session) session.engagedSeconds += engagedSeconds;
    else sessions.set(key, { userId, engagedSeconds });
  }
  return [...sessions.values()];
}

/** Sessions ÷ (active users × weeks of the window that could be seen). 0 for an account that fell silent. */
export function measureSessionFrequency(measurement: Measurement): Reading {
  const unit = "sessions per user-week";
  const last = lastUsageDay(measurement);
  if (last === null) return missing(unit);
  const sessions = sessionsOf(measurement);
  const users = new Set(sessions.map((session) => session.userId)).size;
  const days = judgedDays(measurement);
  const { facts, today } = measurement;
  const lost = lostDays(facts, "usage").filter((day) => day < today && day >= today - days);
  const weeks = Math.max(1, days - lost.length) / 7;
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
