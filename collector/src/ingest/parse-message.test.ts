import { MAX_ID_LENGTH, MAX_MESSAGE_BYTES, MAX_NAME_LENGTH } from "@telltale/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseInstant } from "./parse-instant.ts";
import { parseMessage } from "./parse-message.ts";

const NOW = Date.parse("2026-06-15T12:00:00Z");
const circumstances = {
  projectId: "p1",
  receivedAtMs: NOW,
  sentAtMs: undefined,
  isImport: false,
  context: {},
};
const track = { type: "track", event: "Report Opened", userId: "ann" };

const parse = (message: unknown, given: Partial<typeof circumstances> = {}) =>
  parseMessage(message, { ...circumstances, ...given });

function eventOf(message: unknown, given: Partial<typeof circumstances> = {}) {
  const result = parse(message, given);
  if ("fault" in result) throw new Error(result.fault.detail);
  return result.event;
}

describe("parseMessage", () => {
  it("makes an event of a track message", () => {
    const event = eventOf({
      ...track,
      messageId: "m1",
      timestamp: "2026-06-15T11:59:00Z",
      properties: { plan: "pro", engaged_ms: 1_500.4 },
      context: { groupId: "acme", sessionId: "s1" },
    });
    expect(event).toMatchObject({
      projectId: "p1",
      messageId: "m1",
      type: "track",
      event: "Report Opened",
      userId: "ann",
      accountId: "acme",
      sessionId: "s1",
      engagedMs: 1_500,
      occurredAt: "2026-06-15T11:59:00.000Z",
      receivedAt: "2026-06-15T12:00:00.000Z",
    });
    expect(JSON.parse(event.propertiesJson)).toEqual({ plan: "pro", engaged_ms: 1_500.4 });
  });

  it("names the other types by a dollar sign and keeps traits as properties", () => {
    const traits = { name: "Acme" };
    const group = eventOf({ type: "group", userId: "ann", groupId: "acme", traits });
    expect(group).toMatchObject({ event: "$group", accountId: "acme", properties: traits });
    expect(eventOf({ type: "page", userId: "ann", name: "Home" }).event).toBe("$page");
  });

  it("takes an empty id for none, as RudderStack's browser library sends it", () => {
    const visitor = { ...track, userId: "", anonymousId: "visitor-1", groupId: "", messageId: "" };
    expect(eventOf(visitor)).toMatchObject({ userId: "", anonymousId: "visitor-1", accountId: "" });
    const code = "missing_field";
    expect(parse({ ...track, userId: "" })).toMatchObject({ fault: { code } });
    expect(parse({ ...track, event: "" })).toMatchObject({ fault: { code } });
    expect(parse({ type: "group", userId: "ann", groupId: "" })).toMatchObject({ fault: { code } });
  });

  it("takes one text as long as the message may be", () => {
    const comment = "x".repeat(MAX_MESSAGE_BYTES - 100);
    const event = eventOf({ ...track, properties: { comment } });
    expect(JSON.parse(event.propertiesJson)).toEqual({ comment });
  });

  it("merges the batch's context under the message's", () => {
    const event = eventOf(
      { ...track, context: { sessionId: "own" } },
      { context: { groupId: "acme", sessionId: "shared" } },
    );
    expect(event).toMatchObject({ accountId: "acme", sessionId: "own" });
  });

  it.each([
    ["Feature Used", "feature"],
    ["Task Completed", "task"],
    ["Milestone Reached", "milestone"],
    ["Friction", "kind"],
  ])("takes the subject of %s from its property %s", (event, property) => {
    const properties = { [property]: "export" };
    expect(eventOf({ ...track, event, properties }).subject).toBe("export");
    expect(parse({ ...track, event, properties: {} })).toMatchObject({
      fault: { code: "missing_field", detail: expect.stringContaining(property) },
    });
  });

  it("takes numbers as ids, and null as absent, as Segment's libraries send them", () => {
    expect(eventOf({ ...track, userId: 7, anonymousId: null, properties: null })).toMatchObject({
      userId: "7",
      anonymousId: "",
    });
  });

  it.each([
    ["messageId", { messageId: 2 ** 53 }],
    ["userId", JSON.parse('{"userId":12345678901234567890}')],
    ["userId", { userId: -(2 ** 53) }],
    ["anonymousId", { anonymousId: 1e300 }],
    ["groupId", { type: "group", groupId: 2 ** 60 }],
    ["previousId", { type: "alias", previousId: 2 ** 53 }],
    ["context/groupId", { context: { groupId: 2 ** 53 } }],
    ["context/sessionId", { context: { sessionId: 2 ** 53 } }],
    ["properties/feature", { event: "Feature Used", properties: { feature: 2 ** 53 } }],
    [
      "traits/externalIds/crm",
      { type: "group", groupId: 1, traits: { externalIds: { crm: 1e19 } } },
    ],
    [
      "traits/external_ids/a~1b",
      { type: "group", groupId: 1, traits: { external_ids: { "a/b": 1e19 } } },
    ],
  ])(
    "refuses a number as /%s that stands for others too, and says how to send it",
    (field, ids) => {
      const detail = `/${field} is too large a number to keep its digits in JSON: send it as a string`;
      expect(parse({ ...track, ...ids })).toEqual({ fault: { code: "invalid_field", detail } });
    },
  );

  it("takes the largest number that is only itself as an id, and one in the batch's context no less", () => {
    const userId = Number.MAX_SAFE_INTEGER;
    expect(eventOf({ ...track, userId })).toMatchObject({ userId: "9007199254740991" });
    expect(parse(track, { context: { groupId: 2 ** 53 } })).toMatchObject({
      fault: { detail: expect.stringContaining("/context/groupId ") },
    });
    const context = { groupId: "acme" };
    expect(eventOf({ ...track, context }, { context: { groupId: 2 ** 53 } }).accountId).toBe(
      "acme",
    );
    // What is no id may be any number.
    expect(eventOf({ ...track, properties: { size: 2 ** 60 } }).propertiesJson).toContain("size");
  });

  it.each([
    ["no object", "text", "invalid_field"],
    ["an unknown type", { ...track, type: "tracks" }, "invalid_type"],
    ["nobody", { type: "track", event: "x" }, "missing_field"],
    ["a track message without a name", { type: "track", userId: "ann" }, "missing_field"],
    ["a group message without an account", { type: "group", userId: "ann" }, "missing_field"],
    ["an alias without its former id", { type: "alias", userId: "ann" }, "missing_field"],
    ["a long name", { ...track, event: "x".repeat(MAX_NAME_LENGTH + 1) }, "invalid_field"],
    ["a long id", { ...track, userId: "x".repeat(MAX_ID_LENGTH + 1) }, "invalid_field"],
    ["a user that looks like a visitor's row", { ...track, userId: "anon:1" }, "invalid_field"],
    ["a time of words", { ...track, timestamp: "yesterday" }, "invalid_timestamp"],
    ["a day that is none", { ...track, timestamp: "2026-02-30T00:00:00Z" }, "invalid_timestamp"],
    ["a time before 1970", { ...track, timestamp: "1969-12-31T00:00:00Z" }, "invalid_timestamp"],
    ["properties that are a list", { ...track, properties: [1] }, "invalid_field"],
  ])("refuses %s and says why", (_, message, code) => {
    const result = parse(message);
    expect(result).toMatchObject({ fault: { code } });
  });

  it("refuses a message over the size limit", () => {
    const chunk = "x".repeat(8_000);
    const properties = { a: chunk, b: chunk, c: chunk, d: chunk, e: chunk };
    expect(parse({ ...track, properties })).toMatchObject({
      fault: { code: "too_large", detail: expect.stringContaining(String(MAX_MESSAGE_BYTES)) },
    });
  });

  it("keeps the time that was clamped", () => {
    const event = eventOf({ ...track, timestamp: "2020-01-01T00:00:00Z" });
    expect(event.occurredAt).toBe("2026-06-08T12:00:00.000Z");
    expect(JSON.parse(event.contextJson).clampedFrom).toBe("2020-01-01T00:00:00Z");
  });

  it("counts absurd engagement as a day at most, and nonsense as none", () => {
    const engaged = (value: unknown) =>
      eventOf({ ...track, properties: { engaged_ms: value } }).engagedMs;
    expect(engaged(1e300)).toBe(86_400_000);
    expect(engaged(-5)).toBe(0);
    expect(engaged("5")).toBe(0);
  });

  it("judges any JSON value without throwing", () => {
    const field = fc.oneof(fc.jsonValue(), fc.string(), fc.constant(undefined));
    const message = fc.record({
      type: fc.oneof(fc.constantFrom("track", "identify", "group", "page", "alias"), field),
      messageId: field,
      timestamp: fc.oneof(fc.constant("2026-06-15T11:00:00Z"), field),
      userId: field,
      anonymousId: field,
      groupId: field,
      event: field,
      properties: field,
      traits: field,
      context: field,
    });
    fc.assert(
      fc.property(message, (value) => {
        const raw = JSON.parse(JSON.stringify(value));
        const result = parse(raw);
        expect("event" in result || result.fault.detail.length > 0).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("parseInstant", () => {
  it.each([
    ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31T12:00:00.123456Z", "2026-01-31T12:00:00.123Z"],
    ["2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00.000Z"],
    ["2026-01-31", "2026-01-31T00:00:00.000Z"],
    ["2026-01-31 12:00", "2026-01-31T12:00:00.000Z"],
    ["2026-01-31T12:00:00", "2026-01-31T12:00:00.000Z"],
  ])("reads %s, in UTC where it names no zone", (text, expected) => {
    expect(new Date(parseInstant(text) as number).toISOString()).toBe(expected);
  });

  it.each(["", "1", "2026", "2026-02-30", "2026-01-31T25:00:00Z", "2026-01-31T12:00 or so"])(
    "takes %j for no time",
    (text) => {
      expect(parseInstant(text)).toBeNull();
    },
  );
});
