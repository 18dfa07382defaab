import { type BinaryValue, toBinaryArray, toBinaryCopy } from "../db/binary-writer.ts";
import type { BulkStatement, BulkStep } from "../db/wire-messages.ts";
import type { GroupUsage } from "./count-usage.ts";
import type { EventGroup, Seen } from "./insert-events.ts";
import { ADD_USAGE, NOTE_ACCOUNT, NOTE_USER, QUEUE_AGAIN } from "./upsert-clauses.ts";

const COPY_EVENTS: BulkStatement = {
  name: "copy_events",
  text: `COPY events (project_id, event_id, message_id, type, event, subject, account_id,
    user_id, anonymous_id, session_id, engaged_ms, occurred_at, received_at, is_bot, properties,
    context) FROM STDIN (FORMAT binary)`,
};

const COPY_EVENT_IDS: BulkStatement = {
  name: "copy_event_ids",
  text: `COPY event_ids (project_id, message_hash, event_id) FROM STDIN (FORMAT binary)`,
};

const NOTE_USERS: BulkStatement = {
  name: "note_users",
  text: `
    INSERT INTO users (project_id, user_id, first_seen_at, last_seen_at)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[])
    ${NOTE_USER}`,
};

const NOTE_ACCOUNTS: BulkStatement = {
  name: "note_accounts",
  text: `
    INSERT INTO accounts (project_id, account_id, created_at, first_seen_at, last_seen_at)
    SELECT project_id, id, first_at, first_at, last_at
    FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[])
      AS row (project_id, id, first_at, last_at) ${NOTE_ACCOUNT}`,
};

/**
 * Adds the sums of a group, and checks what they rest on: nobody in the group was erased, and the
 * days were cut by the time zones that the projects have. Else it divides by zero, and nothing of
 * the group is stored. An erasure and a change of time zone lock the events against writers, so
 * what the check saw holds until the commit. Whoever was erased is looked for by project ids that are
 * written out: a cluster then asks the nodes of these projects only, and no other need be there.
 *
 * The arrays of the usage are unnested in the select list: there Postgres takes a row at a time, in
 * FROM it writes each array down first.
 */
const SETTLE_EVENTS: BulkStatement = {
  name: "settle_events",
  text: `
    WITH used AS (
      INSERT INTO daily_usage (project_id, account_id, day, user_id, event, subject, count,
        engaged_ms, last_at)
      SELECT unnest($1::uuid[]), unnest($2::text[]), unnest($3::date[]), unnest($4::text[]),
        unnest($5::text[]), unnest($6::text[]), unnest($7::bigint[]), unnest($8::bigint[]),
        unnest($9::timestamptz[])
      ORDER BY 1, 2, 3, 4, 5, 6 ${ADD_USAGE}
    ), queued AS (
      INSERT INTO rescore_queue (project_id, account_id, queued_at, reopen_from)
      SELECT project_id, account_id, $10::text::timestamptz, day
      FROM unnest($11::uuid[], $12::text[], $13::date[]) AS row (project_id, account_id, day)
      ORDER BY 1, 2 ${QUEUE_AGAIN}
    )
    SELECT 1 / (
      CASE WHEN EXISTS (SELECT 1 FROM erased_people WHERE project_id = ANY ($14::uuid[]))
      THEN NOT EXISTS (
        SELECT 1 FROM (
          SELECT project_id, 'user:' || id FROM unnest($1::uuid[], $4::text[]) AS used (project_id, id)
          UNION ALL SELECT * FROM unnest($16::uuid[], $17::text[])
        ) AS person (project_id, name)
        JOIN erased_people USING (project_id)
        WHERE erased_people.project_id = ANY ($14::uuid[])
          AND person_hash = sha256(convert_to(name, 'UTF8')))
      ELSE true END
      AND (SELECT count(*) FROM unnest($14::uuid[], $15::text[]) AS expected (id, zone)
        JOIN projects ON projects.id = expected.id AND time_zone = zone) = cardinality($14::uuid[])
    )::int`,
};

/** What a group takes to store: its rows, the sums over them, and the time zones these rest on. */
interface CopiedGroup extends EventGroup {
  sums: GroupUsage;
  timeZoneOf(projectId: string): string;
}

/** The steps that store a group, in the order in which the exact statement takes its locks. */
export function toCopySteps(group: CopiedGroup): BulkStep[] {
  const { events, accounts, users } = group;
  const foreign = events.filter((event) => event.messageHash !== null);
  const steps: BulkStep[] = [];
  if (foreign.length > 0) {
    const byHash = foreign.sort((a, b) =>
      a.projectId + a.messageHash < b.projectId + b.messageHash ? -1 : 1,
    );
    const copy = toBinaryCopy(byHash, 3, (row, event) => {
      row.uuid(event.projectId);
      row.uuid(event.messageHash as string);
      row.uuid(event.eventId);
    });
    steps.push({ statement: COPY_EVENT_IDS, copy });
  }
  const copy = toBinaryCopy(events, 16, (row, event) => {
    row.uuid(event.projectId);
    row.uuid(event.eventId);
    row.text(event.messageId);
    row.text(event.type);
    row.text(event.event);
    row.text(event.subject);
    row.text(event.accountId);
    row.text(event.userId);
    row.text(event.anonymousId);
    row.text(event.sessionId);
    row.bigint(event.engagedMs);
    row.instant(event.occurredAtMs);
    row.instant(event.receivedAtMs);
    row.boolean(event.isBot);
    row.jsonb(event.propertiesJson);
    row.jsonb(event.contextJson);
  });
  steps.push({ statement: COPY_EVENTS, copy });
  // Most groups tell nothing new of anybody, and a part of the next statement would cost them too.
  if (users.length > 0) steps.push({ statement: NOTE_USERS, values: toSeenValues(users) });
  if (accounts.length > 0) steps.push({ statement: NOTE_ACCOUNTS, values: toSeenValues(accounts) });
  steps.push({ statement: SETTLE_EVENTS, values: toSettleValues(group) });
  return steps;
}

function toSeenValues(seen: Seen[]): BinaryValue[] {
  return [
    toBinaryArray("uuid", seen, (row) => row.projectId),
    toBinaryArray("text", seen, (row) => row.id),
    toBinaryArray("instant", seen, (row) => Date.parse(row.firstAt)),
    toBinaryArray("instant", seen, (row) => Date.parse(row.lastAt)),
  ];
}

function toSettleValues({ now, sums, timeZoneOf }: CopiedGroup): BinaryValue[] {
  const { usage, touched, people, projectIds } = sums;
  return [
    toBinaryArray("uuid", usage, (row) => row.projectId),
    toBinaryArray("text", usage, (row) => row.accountId),
    toBinaryArray("date", usage, (row) => row.day),
    toBinaryArray("text", usage, (row) => row.userId),
    toBinaryArray("text", usage, (row) => row.event),
    toBinaryArray("text", usage, (row) => row.subject),
    toBinaryArray("bigint", usage, (row) => row.count),
    toBinaryArray("bigint", usage, (row) => row.engagedMs),
    toBinaryArray("instant", usage, (row) => row.lastMs),
    (writer) => writer.rawBytes(Buffer.from(now)),
    toBinaryArray("uuid", touched, (row) => row.projectId),
    toBinaryArray("text", touched, (row) => row.accountId),
    toBinaryArray("date", touched, (row) => row.day),
    toBinaryArray("uuid", projectIds, (id) => id),
    toBinaryArray("text", projectIds, timeZoneOf),
    toBinaryArray("uuid", people, (row) => row.projectId),
    toBinaryArray("text", people, (row) => row.name),
  ];
}
