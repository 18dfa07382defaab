import { type BinaryValue, toBinaryArray, toBinaryCopy } from "../db/binary-writer.ts";
import type { BulkStatement, BulkStep } from "../db/wire-messages.ts";
import type { GroupUsage } from "./count-usage.ts";
import type { Seen, Sightings } from "./insert-events.ts";
import type { NewEvent } from "./new-event.ts";
import { NOTE_ACCOUNTS, NOTE_USERS, SETTLE_EVENTS } from "./settle-statements.ts";

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

const STEP = {
  users: { name: "note_users", text: NOTE_USERS },
  accounts: { name: "note_accounts", text: NOTE_ACCOUNTS },
  settle: { name: "settle_events", text: SETTLE_EVENTS },
} satisfies Record<string, BulkStatement>;

/** What a group takes to store: its rows, the sums over them, and the time zones these rest on. */
interface CopiedGroup extends Sightings {
  /** Sorted by project and event id, each id once. */
  events: NewEvent[];
  /** ISO 8601. */
  now: string;
  sums: GroupUsage;
  timeZoneOf(projectId: string): string;
}

/** The steps that store a group, in the order in which `insert-events.ts` takes its locks. */
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
  if (users.length > 0) steps.push({ statement: STEP.users, values: toSeenValues(users) });
  if (accounts.length > 0) steps.push({ statement: STEP.accounts, values: toSeenValues(accounts) });
  steps.push({ statement: STEP.settle, values: toSettleValues(group) });
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
