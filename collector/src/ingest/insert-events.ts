import type { SqlQueryable } from "../db/client.ts";
import { toBareArray, toJsonArray, toTextArray } from "./array-literal.ts";
import {
  countUsage,
  type GroupUsage,
  type NamedPerson,
  otherNamesOf,
  ownerOf,
} from "./count-usage.ts";
import type { DayFinder } from "./day-finder.ts";
import { hasOldKey, isPastItsKey } from "./message-key.ts";
import type { EventVerdict, NewEvent } from "./new-event.ts";
import { NOTE_ACCOUNTS, NOTE_USERS, OUTDATED, SETTLE_EVENTS } from "./settle-statements.ts";

/** An account or user to note as seen. */
export interface Seen {
  projectId: string;
  id: string;
  /** First and last time in the group, ISO 8601. */
  firstAt: string;
  lastAt: string;
}

/** Who of a group is noted as seen. */
export interface Sightings {
  accounts: Seen[];
  users: Seen[];
}

export interface ExactGroup {
  /** Sorted by project and event id, each id once. */
  events: NewEvent[];
  /** Knows the days of these events. */
  days: DayFinder;
  /** Who of the events that are stored has to be noted. */
  select(events: NewEvent[]): Sightings;
  /** ISO 8601. */
  now: string;
}

export interface Inserted {
  /** Of the events that were not stored now, by their position. */
  exceptions: Map<number, EventVerdict>;
  noted: Sightings;
}

type EventKey = Pick<NewEvent, "projectId" | "eventId">;
const keyOf = ({ projectId, eventId }: EventKey): string => `${projectId} ${eventId}`;

/**
 * Stores those events of a group that are new, and everything that must agree with them, in the
 * caller's transaction: the raw rows, the daily usage, who was seen, and which accounts want a new
 * score. What an erased person sends late is left out. Locks are taken in the order of `copy-events.ts`.
 *
 * A statement a step, and what one needs of another goes through here: with the steps as parts of one
 * statement a cluster sends what they tell each other to every node, and one that is away fails all.
 *
 * @throws {Error} with the SQLSTATE `OUTDATED` where a person was erased, or a project's time zone
 *   changed, meanwhile: nothing must be stored, and another try finds out
 */
export async function insertEvents(sql: SqlQueryable, group: ExactGroup): Promise<Inserted> {
  const { events, days, now } = group;
  const erased = await findErased(sql, events);
  const known = await findUnderOwnIds(sql, events);
  const remembered = await findRemembered(sql, events);
  const present = events.filter(
    (event) => !erased.has(event) && !known.has(event) && !remembered.has(keyOf(event)),
  );
  const first = await insertForeignIds(sql, present);
  const rows = present.filter((event) => event.messageHash === null || first.has(keyOf(event)));
  const storedKeys = await insertRows(sql, rows);
  const stored = rows.filter((event) => storedKeys.has(keyOf(event)));
  const exceptions = new Map<number, EventVerdict>();
  const isStored = new Set(stored);
  for (const [position, event] of events.entries()) {
    if (!isStored.has(event)) exceptions.set(position, erased.has(event) ? "erased" : "duplicate");
  }
  if (stored.length === 0) return { exceptions, noted: { accounts: [], users: [] } };
  const noted = group.select(stored);
  if (noted.users.length > 0) await runShared(sql, NOTE_USERS, toSeenValues(noted.users));
  if (noted.accounts.length > 0) await runShared(sql, NOTE_ACCOUNTS, toSeenValues(noted.accounts));
  const sums = countUsage(stored, days.find);
  if (!sums) throw Object.assign(new Error("the days were forgotten"), { code: OUTDATED });
  await runShared(sql, SETTLE_EVENTS, toSettleValues(sums, days, now));
  return { exceptions, noted };
}

const runShared = (sql: SqlQueryable, statement: string, values: string[]) =>
  sql.unsafe(statement, values, { prepare: true });

/** The people of an event, as the table of erased people knows them. */
const namesOf = (event: NewEvent): string[] =>
  [`user:${ownerOf(event)}`, ...otherNamesOf(event)].map((name) => `${event.projectId} ${name}`);

async function findErased(sql: SqlQueryable, events: NewEvent[]): Promise<Set<NewEvent>> {
  const people = new Map<string, NamedPerson>();
  for (const event of events) {
    const { projectId } = event;
    for (const key of namesOf(event)) {
      people.set(key, { projectId, name: key.slice(projectId.length + 1) });
    }
  }
  const named = [...people.values()];
  const projectIds = [...new Set(events.map((event) => event.projectId))];
  const rows = await sql<NamedPerson[]>`
    SELECT project_id AS "projectId", name FROM unnest(${toBareArray(named, (one) => one.projectId)}::uuid[],
      ${toTextArray(named, (one) => one.name)}::text[]) AS person (project_id, name)
    JOIN erased_people USING (project_id)
    WHERE erased_people.project_id = ANY(${projectIds}::uuid[])
      AND person_hash = sha256(convert_to(name, 'UTF8'))`;
  if (rows.length === 0) return new Set();
  const erased = new Set(rows.map(({ projectId, name }) => `${projectId} ${name}`));
  return new Set(events.filter((event) => namesOf(event).some((key) => erased.has(key))));
}

/** Of events whose ids are too old to be their keys, those that were stored under them when they were not. */
async function findUnderOwnIds(sql: SqlQueryable, events: NewEvent[]): Promise<Set<NewEvent>> {
  const past = events.filter(isPastItsKey);
  if (past.length === 0) return new Set();
  const rows = await sql<EventKey[]>`
    SELECT project_id AS "projectId", event_id AS "eventId" FROM events
    WHERE project_id = ANY(${toBareArray(past, (row) => row.projectId)}::uuid[])
      AND event_id = ANY(${toBareArray(past, (row) => row.messageHash)}::uuid[])`;
  const stored = new Set(rows.map(keyOf));
  return new Set(
    past.filter(({ projectId, messageHash }) =>
      stored.has(keyOf({ projectId, eventId: messageHash as string })),
    ),
  );
}

/**
 * Of events that an import stores under ids of long ago, those that came from a browser before: its clock was
 * behind, and it has them remembered by their ids.
 */
export async function findRemembered(sql: SqlQueryable, events: NewEvent[]): Promise<Set<string>> {
  const old = events.filter(hasOldKey);
  if (old.length === 0) return new Set();
  const rows = await sql<EventKey[]>`
    SELECT project_id AS "projectId", message_hash AS "eventId" FROM event_ids
    WHERE project_id = ANY(${toBareArray(old, (row) => row.projectId)}::uuid[])
      AND message_hash = ANY(${toBareArray(old, (row) => row.eventId)}::uuid[])`;
  return new Set(rows.map(keyOf));
}

/** @returns the keys of those events whose id, in a form of its sender's own, was not known */
async function insertForeignIds(sql: SqlQueryable, events: NewEvent[]): Promise<Set<string>> {
  const foreign = events.filter((event) => event.messageHash !== null);
  if (foreign.length === 0) return new Set();
  const rows = await sql<EventKey[]>`
    INSERT INTO event_ids (project_id, message_hash, event_id)
    SELECT * FROM unnest(${toBareArray(foreign, (row) => row.projectId)}::uuid[],
      ${toBareArray(foreign, (row) => row.messageHash)}::uuid[],
      ${toBareArray(foreign, (row) => row.eventId)}::uuid[])
    ORDER BY 1, 2
    ON CONFLICT DO NOTHING RETURNING project_id AS "projectId", event_id AS "eventId"`;
  return new Set(rows.map(keyOf));
}

/** @returns the keys of those that were not there */
async function insertRows(sql: SqlQueryable, events: NewEvent[]): Promise<Set<string>> {
  if (events.length === 0) return new Set();
  const rows = await sql<EventKey[]>`
    INSERT INTO events (project_id, event_id, message_id, type, event, subject, account_id,
      user_id, anonymous_id, session_id, engaged_ms, occurred_at, received_at, is_bot,
      properties, context)
    SELECT * FROM ROWS FROM (
      unnest(
        ${toBareArray(events, (row) => row.projectId)}::uuid[],
        ${toBareArray(events, (row) => row.eventId)}::uuid[],
        ${toTextArray(events, (row) => row.messageId)}::text[],
        ${toBareArray(events, (row) => row.type)}::text[],
        ${toTextArray(events, (row) => row.event)}::text[],
        ${toTextArray(events, (row) => row.subject)}::text[],
        ${toTextArray(events, (row) => row.accountId)}::text[],
        ${toTextArray(events, (row) => row.userId)}::text[],
        ${toTextArray(events, (row) => row.anonymousId)}::text[],
        ${toTextArray(events, (row) => row.sessionId)}::text[],
        ${toBareArray(events, (row) => row.engagedMs)}::bigint[],
        ${toBareArray(events, (row) => row.occurredAt)}::timestamptz[],
        ${toBareArray(events, (row) => row.receivedAt)}::timestamptz[],
        ${toBareArray(events, (row) => (row.isBot ? "t" : "f"))}::boolean[]
      ),
      jsonb_array_elements(${toJsonArray(events, (row) => row.propertiesJson)}::text::jsonb),
      jsonb_array_elements(${toJsonArray(events, (row) => row.contextJson)}::text::jsonb)
    ) AS row
    ON CONFLICT DO NOTHING RETURNING project_id AS "projectId", event_id AS "eventId"`;
  return new Set(rows.map(keyOf));
}

const toInstant = (ms: number): string => new Date(ms).toISOString();
const EPOCH_DAYS = 10_957;
/** @param day - days since 2000-01-01 */
const toDate = (day: number): string => toInstant((day + EPOCH_DAYS) * 86_400_000).slice(0, 10);

function toSeenValues(seen: Seen[]): string[] {
  return [
    toBareArray(seen, (row) => row.projectId),
    toTextArray(seen, (row) => row.id),
    toBareArray(seen, (row) => row.firstAt),
    toBareArray(seen, (row) => row.lastAt),
  ];
}

function toSettleValues(sums: GroupUsage, { timeZoneOf }: DayFinder, now: string): string[] {
  const { usage, touched, people, projectIds } = sums;
  return [
    toBareArray(usage, (row) => row.projectId),
    toTextArray(usage, (row) => row.accountId),
    toBareArray(usage, (row) => toDate(row.day)),
    toTextArray(usage, (row) => row.userId),
    toTextArray(usage, (row) => row.event),
    toTextArray(usage, (row) => row.subject),
    toBareArray(usage, (row) => row.count),
    toBareArray(usage, (row) => row.engagedMs),
    toBareArray(usage, (row) => toInstant(row.lastMs)),
    now,
    toBareArray(touched, (row) => row.projectId),
    toTextArray(touched, (row) => row.accountId),
    toBareArray(touched, (row) => toDate(row.day)),
    toBareArray(projectIds, (id) => id),
    toTextArray(projectIds, timeZoneOf),
    toBareArray(people, (row) => row.projectId),
    toTextArray(people, (row) => row.name),
  ];
}
