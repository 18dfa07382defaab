import { afterEach, describe, expect, it } from "vitest";
import { createStore } from "./browser/storage.ts";
import { createUuids } from "./browser/uuid.ts";
import { createVisitorRecord } from "./visitor.ts";

const MINUTE_MS = 60_000;
const START = 1_800_000_000_000;

function createRecord() {
  const store = createStore("test:", localStorage);
  store.persist();
  return createVisitorRecord(store, createUuids());
}

/** Does what an event does: takes a place in the session, and is noted. */
function act(record: ReturnType<typeof createRecord>, at: number): string {
  const visitor = record.at(at);
  visitor.activeAt = at;
  visitor.sequence++;
  const { sessionId } = visitor;
  record.writeDown();
  return sessionId;
}

afterEach(() => localStorage.clear());

describe("createVisitorRecord", () => {
  it("shares one session and one sequence among tabs", () => {
    const [one, other] = [createRecord(), createRecord()];
    expect(act(one, START)).toBe(act(other, START + 1_000));
    expect(one.at(START + 2_000).sequence).toBe(2);
  });

  it("keeps a session through gaps of less than 30 minutes, and ends it after one of 30", () => {
    const record = createRecord();
    const first = act(record, START);
    expect(act(record, START + 29 * MINUTE_MS)).toBe(first);
    expect(act(record, START + 59 * MINUTE_MS)).not.toBe(first);
    expect(record.at(START + 59 * MINUTE_MS).sequence).toBe(1);
  });

  it("ends a session after 24 hours, however busy", () => {
    const record = createRecord();
    const first = act(record, START);
    let now = START;
    while (now < START + 24 * 60 * MINUTE_MS - 20 * MINUTE_MS) {
      now += 20 * MINUTE_MS;
      if (now < START + 24 * 60 * MINUTE_MS) expect(act(record, now)).toBe(first);
    }
    expect(act(record, START + 24 * 60 * MINUTE_MS)).not.toBe(first);
  });

  it("begins a new session when the clock was set back by more than 30 minutes", () => {
    const record = createRecord();
    const first = act(record, START);
    expect(act(record, START - 31 * MINUTE_MS)).not.toBe(first);
  });

  it("makes another visitor of another person, who keeps the consent and nothing else", () => {
    const record = createRecord();
    const former = record.at(START);
    Object.assign(former, { userId: "u1", accountId: "acme", hasConsented: true });
    const { anonymousId, sessionId, person } = former;
    record.replace();
    const next = record.at(START);
    expect(next.anonymousId).not.toBe(anonymousId);
    expect(next.sessionId).not.toBe(sessionId);
    expect([next.userId, next.accountId]).toEqual([undefined, undefined]);
    expect([next.person, next.hasConsented]).toEqual([person + 1, true]);
  });

  it("starts anew over a broken record", () => {
    for (const broken of ["{[", "null", "7", '"text"', "[]"]) {
      localStorage["test:v"] = broken;
      expect(createRecord().at(START).sequence).toBe(0);
    }
  });
});
