import { describe, expect, it } from "vitest";
import { findNamed, isAbout } from "./named-people.ts";

describe("the people of a refused message", () => {
  const about = (id: string, message: unknown, context: unknown = {}): boolean =>
    isAbout(new Set([id]), { payload: JSON.stringify(message), context });

  it("are those it names, by texts or numbers", () => {
    expect(findNamed({ userId: 42, anonymousId: "v", previousId: {}, groupId: "acme" })).toEqual([
      "42",
      "v",
    ]);
    expect([null, "ann", [], {}].flatMap(findNamed)).toEqual([]);
    expect(about("42", { userId: 42 })).toBe(true);
  });

  it("are not whom else its values speak of, as those of a stored event are not", () => {
    expect(about("ann", { userId: "bob", properties: { invitedBy: "ann" } })).toBe(false);
  });

  it("are any of its values where it names nobody", () => {
    expect(about("ann", { type: "track", properties: { people: ["ann"] } })).toBe(true);
    expect(about("ann", { userId: { id: "ann" } })).toBe(true);
  });

  it("are not words of its shape, its account or its event", () => {
    const message = { type: "track", event: "Opened", groupId: "42", messageId: "m" };
    for (const id of ["type", "track", "Opened", "42", "m", "properties"]) {
      expect(about(id, { ...message, properties: { seats: 42 } })).toBe(false);
    }
  });

  it("are those that the context of its batch names", () => {
    expect(about("ann", { userId: "bob" }, { traits: { email: "ann" } })).toBe(true);
    expect(about("42", { userId: "bob" }, { userId: 42 })).toBe(true);
    expect(about("42", { userId: "bob" }, { groupId: "42", screen: { width: 42 } })).toBe(false);
  });

  it("are found in nesting of any depth", () => {
    const deep = (text: string) => `${"[".repeat(15_000)}"${text}"${"]".repeat(15_000)}`;
    const payload = `{"userId":"ann","x":${deep("ann")}}`;
    expect(isAbout(new Set(["ann"]), { payload, context: {} })).toBe(true);
    expect(isAbout(new Set(["ann"]), { payload: deep("ann"), context: {} })).toBe(true);
    expect(isAbout(new Set(["ann"]), { payload: deep("bob"), context: {} })).toBe(false);
  });

  it("are whoever stands in what is left of a message that was cut", () => {
    const isIn = (id: string) =>
      isAbout(new Set([id]), { payload: '{"userId":"ann","x":"…', context: {} });
    expect([isIn("ann"), isIn("an")]).toEqual([true, false]);
    const payload = '{"userId":42,"x":"…';
    expect(["42", "4", "2"].map((id) => isAbout(new Set([id]), { payload, context: {} }))).toEqual([
      true,
      false,
      false,
    ]);
  });
});
