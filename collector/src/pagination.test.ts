import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { parseCursor, toCursor } from "./pagination.ts";

describe("a cursor", () => {
  const id = v7();

  it("gives back the position that it was made of", () => {
    const position = ["2026-06-15T12:00:00.000Z", id, "2026-06-15", "it's\n💥"];
    expect(parseCursor(toCursor(position), ["moment", "id", "day", "text"])).toEqual(position);
  });

  it.each([
    ["id", "x"],
    ["moment", "x"],
    ["moment", "0000-01-01T00:00:00.000Z"],
    ["moment", "+010000-01-01T00:00:00.000Z"],
    ["moment", "2026-13-01T00:00:00.000Z"],
    ["moment", "2026-02-30T00:00:00.000Z"],
    ["day", "2026-02-30"],
    ["text", "a\0b"],
    ["text", "\ud800"],
  ] as const)("holds no %s that a database would not take: %j", (kind, part) => {
    expect(() => parseCursor(toCursor([part]), [kind])).toThrow(/not one that this list gave/);
  });

  it("is refused where it is none, or another list's", () => {
    const forged = [[1e308], [null], { 0: "x" }, "x", null, [], ["a", "b"]].map((position) =>
      Buffer.from(JSON.stringify(position)).toString("base64url"),
    );
    for (const cursor of ["", "abc", "💥", ...forged]) {
      expect(() => parseCursor(cursor, ["text"])).toThrow(/not one that this list gave/);
    }
  });
});
