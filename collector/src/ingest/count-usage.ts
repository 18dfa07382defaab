import type { NewEvent } from "./new-event.ts";

/** What a group adds to one row of daily usage. */
export interface UsageAddition {
  projectId: string;
  accountId: string;
  /** Days since 2000-01-01, in the project's time zone. */
  day: number;
  /** Or `anon:<id>`. */
  userId: string;
  event: string;
  subject: string;
  count: number;
  engagedMs: number;
  /** Milliseconds since the epoch. */
  lastMs: number;
}

/** An account that something happened to, and the first day of it. */
export interface TouchedAccount {
  projectId: string;
  accountId: string;
  day: number;
}

/** A person that a group tells of: `user:<id>` or `anon:<id>`. */
export interface NamedPerson {
  projectId: string;
  name: string;
}

export interface GroupUsage {
  usage: UsageAddition[];
  touched: TouchedAccount[];
  /** Those that {@link usage} does not name as users. */
  people: NamedPerson[];
  projectIds: string[];
}

/** No text of an event holds it. */
const NUL = "\u0000";

/** The sums of one project. */
interface ProjectSums {
  /** By user, event and subject; in each list, by account and day. */
  usage: Map<string, UsageAddition[]>;
  touched: Map<string, TouchedAccount>;
}

/** What daily usage is of; else an event says something, but does nothing. */
const isUsage = ({ type }: NewEvent): boolean =>
  type === "track" || type === "page" || type === "screen";

/** The user of an event, or `anon:<id>` for a visitor without a name. */
export const ownerOf = ({ userId, anonymousId }: NewEvent): string =>
  userId !== "" ? userId : `anon:${anonymousId}`;

/** Whom an event names beside its {@link ownerOf owner}. An alias makes the names of others its user's. */
export function otherNamesOf({ type, anonymousId, previousId }: NewEvent): string[] {
  const names = anonymousId === "" ? [] : [`anon:${anonymousId}`];
  if (type === "alias") names.push(`anon:${previousId}`, `user:${previousId}`);
  return names;
}

function addUsage({ usage }: ProjectSums, event: NewEvent, day: number): void {
  const { projectId, accountId, subject, engagedMs } = event;
  const userId = ownerOf(event);
  const lastMs = event.occurredAtMs;
  let key = userId + NUL + event.event;
  if (subject !== "") key += NUL + subject;
  const sums = usage.get(key);
  const known = sums?.find((sum) => sum.day === day && sum.accountId === accountId);
  if (known) {
    known.count += 1;
    known.engagedMs += engagedMs;
    if (lastMs > known.lastMs) known.lastMs = lastMs;
    return;
  }
  const sum = {
    projectId,
    accountId,
    day,
    userId,
    event: event.event,
    subject,
    count: 1,
    engagedMs,
    lastMs,
  };
  if (sums) sums.push(sum);
  else usage.set(key, [sum]);
}

function touch({ touched }: ProjectSums, { projectId, accountId }: NewEvent, day: number): void {
  if (accountId === "") return;
  const known = touched.get(accountId);
  if (!known) touched.set(accountId, { projectId, accountId, day });
  else if (day < known.day) known.day = day;
}

/**
 * Adds up what the events of a group change beyond their own rows.
 *
 * @param findDay - null where the day can't be told
 * @returns null where a day can't be told
 */
export function countUsage(
  events: NewEvent[],
  findDay: (projectId: string, ms: number) => number | null,
): GroupUsage | null {
  const projects = new Map<string, ProjectSums>();
  const people: NamedPerson[] = [];
  for (const event of events) {
    const { projectId, isBot } = event;
    let sums = projects.get(projectId);
    if (!sums) {
      sums = { usage: new Map(), touched: new Map() };
      projects.set(projectId, sums);
    }
    for (const name of otherNamesOf(event)) people.push({ projectId, name });
    if (isBot || !isUsage(event)) people.push({ projectId, name: `user:${ownerOf(event)}` });
    if (isBot) continue;
    const day = findDay(projectId, event.occurredAtMs);
    if (day === null) return null;
    if (isUsage(event)) addUsage(sums, event, day);
    touch(sums, event, day);
  }
  const all = [...projects.values()];
  return {
    usage: all.flatMap((one) => [...one.usage.values()].flat()),
    touched: all.flatMap((one) => [...one.touched.values()]),
    people,
    projectIds: [...projects.keys()],
  };
}
