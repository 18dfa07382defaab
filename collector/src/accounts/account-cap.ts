import type { Sql } from "../db/client.ts";
import type { EventWriter } from "../ingest/event-writer.ts";
import type { EventVerdict, NewEvent } from "../ingest/new-event.ts";
import { countAccountRoom, findKnownAccounts } from "./cap-queries.ts";

/** Most account ids held in memory, over all projects. */
const MAX_KNOWN = 200_000;
/**
 * What a count found holds for so long: whoever floods a project without room must not make us count, and a
 * limit that was lowered must not be passed by what was left of the old one.
 */
const COUNT_HOLDS_MS = 10_000;
/** Other processes take from the same room: so much of it is taken before it is looked at again. */
const ALLOWANCE_SHARE = 0.25;

interface ProjectState {
  known: Set<string>;
  /** New accounts that may come before the next count. */
  allowance: number;
  /** Milliseconds since the epoch: so long they may come. */
  allowedUntil: number;
  /** Milliseconds since the epoch; a project without room is not counted before. */
  recountAt: number;
}

export interface AccountCapOptions {
  clock: () => number;
  /** Told once a project, when it has no room. */
  onCapped?: (projectId: string) => void;
}

/**
 * Keeps a project from getting more accounts than its `maxAccounts`. The public key makes accounts
 * by naming them; one made up an event would else grow every list, every nightly run and every
 * index without end. Events of accounts that exist always pass. Several processes may together go a
 * few past the limit.
 *
 * @returns the writer, with the verdict `too-many-accounts` for events that would make one account too many
 */
export function capAccounts(
  writer: EventWriter,
  sql: Sql,
  { clock, onCapped }: AccountCapOptions,
): EventWriter {
  const projects = new Map<string, ProjectState>();
  const warned = new Set<string>();
  let knownCount = 0;
  let last: Promise<unknown> = Promise.resolve();

  function stateOf(projectId: string): ProjectState {
    let state = projects.get(projectId);
    if (!state) {
      state = { known: new Set(), allowance: 0, allowedUntil: 0, recountAt: 0 };
      projects.set(projectId, state);
    }
    return state;
  }

  function remember(state: ProjectState, accountIds: Iterable<string>): void {
    for (const accountId of accountIds) {
      if (state.known.has(accountId)) continue;
      state.known.add(accountId);
      knownCount += 1;
    }
    if (knownCount <= MAX_KNOWN) return;
    projects.clear();
    knownCount = 0;
  }

  /** By project, the accounts that this process has not met. */
  function findUnknown(events: NewEvent[]): Map<string, Set<string>> | null {
    let unknown: Map<string, Set<string>> | null = null;
    for (const { projectId, accountId } of events) {
      if (accountId === "" || projects.get(projectId)?.known.has(accountId)) continue;
      unknown ??= new Map();
      unknown.set(projectId, (unknown.get(projectId) ?? new Set()).add(accountId));
    }
    return unknown;
  }

  /** Lets accounts in without asking, while that is surely within the limit. */
  function admit(projectId: string, accountIds: Set<string>): boolean {
    const state = stateOf(projectId);
    if (accountIds.size > state.allowance || clock() >= state.allowedUntil) return false;
    state.allowance -= accountIds.size;
    remember(state, accountIds);
    return true;
  }

  /** @returns the accounts that find no room */
  async function decide(projectId: string, accountIds: Set<string>): Promise<Set<string>> {
    if (admit(projectId, accountIds)) return new Set();
    const state = stateOf(projectId);
    const existing = await findKnownAccounts(sql, projectId, [...accountIds]);
    remember(state, existing);
    const wanted = [...accountIds].filter((accountId) => !state.known.has(accountId));
    let room = 0;
    if (wanted.length > 0 && clock() >= state.recountAt) {
      room = await countAccountRoom(sql, projectId);
      state.allowance = Math.floor(Math.max(0, room - wanted.length) * ALLOWANCE_SHARE);
      state.allowedUntil = clock() + COUNT_HOLDS_MS;
      if (room <= wanted.length) state.recountAt = state.allowedUntil;
    }
    remember(state, wanted.slice(0, room));
    return new Set(wanted.slice(room));
  }

  async function writeAllBut(events: NewEvent[], refused: Set<string>): Promise<EventVerdict[]> {
    const isRefused = (event: NewEvent) => refused.has(`${event.projectId} ${event.accountId}`);
    const verdicts = await writer.write(events.filter((event) => !isRefused(event)));
    const queue = verdicts.values();
    return events.map((event) =>
      isRefused(event) ? "too-many-accounts" : (queue.next().value as EventVerdict),
    );
  }

  async function writeDecided(
    events: NewEvent[],
    unknown: Map<string, Set<string>>,
  ): Promise<EventVerdict[]> {
    const refused = new Set<string>();
    for (const [projectId, accountIds] of unknown) {
      // One at a time: what the first of many requests learns spares the others their questions.
      const turn = last.then(() => decide(projectId, accountIds));
      last = turn.catch(() => {});
      for (const accountId of await turn) refused.add(`${projectId} ${accountId}`);
      if (refused.size > 0 && !warned.has(projectId)) {
        warned.add(projectId);
        onCapped?.(projectId);
      }
    }
    return refused.size === 0 ? writer.write(events) : writeAllBut(events, refused);
  }

  return {
    write(events) {
      const unknown = findUnknown(events);
      if (!unknown) return writer.write(events);
      for (const [projectId, accountIds] of unknown) {
        if (admit(projectId, accountIds)) unknown.delete(projectId);
      }
      return unknown.size === 0 ? writer.write(events) : writeDecided(events, unknown);
    },
    drain: () => writer.drain(),
    get backlog() {
      return writer.backlog;
    },
    get fillShare() {
      return writer.fillShare;
    },
  };
}
