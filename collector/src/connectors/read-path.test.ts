import { describe, expect, it } from "vitest";
import { readMapped } from "./presets/generic.ts";
import { readText } from "./read-path.ts";

describe("readText", () => {
  it.each([
    ['{"id":"a"}', "a"],
    ['{"id":7}', "7"],
    ['{"id":9007199254740991}', "9007199254740991"],
    // Two of these are one number.
    ['{"id":9007199254740992}', null],
    ['{"id":9007199254740993}', null],
    ['{"id":1e400}', null],
    ['{"id":""}', null],
    ['{"id":{}}', null],
  ])("reads the id of %s as %j", (json, id) => {
    expect(readText(JSON.parse(json), "id")).toBe(id);
  });
});

describe("readMapped", () => {
  it("takes an answer for nobody's rather than for another's", () => {
    const mapping = {
      account: { by: "id", path: "account" },
      signals: [{ kind: "response", measure: "nps", scale: 5, value: "score", userId: "user" }],
    } as const;
    const read = (user: string) =>
      readMapped(
        JSON.parse(`{"account":1,"score":3,"user":${user}}`),
        { ...mapping, signals: [...mapping.signals] },
        "2026-06-15T12:00:00Z",
      );
    expect(read("7")).toMatchObject([{ userId: "7" }]);
    expect(read("null")).toMatchObject([{ userId: "external:1" }]);
    expect(read("9007199254740993")).toEqual(["unreadable"]);
  });
});
