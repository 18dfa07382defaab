import { MAX_DEPTH, MAX_PROPERTIES } from "@telltale/protocol";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inspectJson, suspicionOf } from "./inspect-json.ts";

const nested = (levels: number): unknown =>
  Array.from({ length: levels }).reduce((inner) => ({ a: inner }), 1 as unknown);

describe("inspectJson", () => {
  it.each([
    ["NUL in a value", { a: "x\u0000" }, "invalid_text", "/a"],
    ["NUL in a key", { "x\u0000": 1 }, "invalid_text", ""],
    ["half a surrogate pair", { a: ["\ud800"] }, "invalid_text", "/a/0"],
    ["a number beyond double", { a: JSON.parse("1e400") }, "invalid_field", "/a"],
    ["a deep object", nested(MAX_DEPTH + 1), "too_deep", "/a/a"],
    ["a deep array", { a: [[[[[[[[1]]]]]]]] }, "too_deep", "/a/0"],
  ])("finds %s and says where", (_, value, code, pointer) => {
    const fault = inspectJson(value);
    expect(fault?.code).toBe(code);
    expect(fault?.detail).toContain(pointer);
  });

  it("takes what is just within the limits", () => {
    expect(inspectJson(nested(MAX_DEPTH))).toBeNull();
    const full = Object.fromEntries(
      Array.from({ length: MAX_PROPERTIES }, (_, index) => [`k${index}`, index]),
    );
    expect(inspectJson(full)).toBeNull();
    expect(inspectJson({ ...full, more: 1 })?.code).toBe("too_large");
  });

  it("names a key with slashes as a JSON pointer does", () => {
    const value = { properties: { "a/b~c": "\u0000" } };
    expect(inspectJson(value)?.detail).toContain("/properties/a~1b~0c ");
  });

  it.each([
    '{"__proto__":{"polluted":1}}',
    '{"a":{"constructor":{"prototype":{"polluted":1}}}}',
    '{"a":[{"b":{"__proto__":{"polluted":1},"prototype":1}}]}',
  ])("takes out the keys of %s that could poison a prototype", (text) => {
    const value = JSON.parse(text);
    expect(inspectJson(value)).toBeNull();
    expect(JSON.stringify(value)).not.toMatch(/__proto__|constructor|prototype|polluted/);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it("judges any JSON value without throwing, and stringify takes what passes", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 12 }), (value) => {
        if (inspectJson(value) === null) expect(JSON.stringify(value)).toBeTypeOf("string");
      }),
    );
  });

  it("stops at the depth limit on nesting that would overflow a stack", () => {
    const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
    expect(inspectJson(deep)?.code).toBe("too_deep");
  });

  it("is told by the text alone when no string of it can be bad", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\u0000", "\ud800", "__proto__", "constructor"),
    );
    fc.assert(
      fc.property(fc.dictionary(text, text), (value) => {
        const json = JSON.stringify(value);
        if (suspicionOf(json) === "everything") return;
        expect(inspectJson(JSON.parse(json), 1, "everything")).toBeNull();
        expect(json).not.toContain("__proto__");
      }),
    );
  });

  it.each(['{"a":"\\u0000"}', '{"a":"\\uD83d"}', '{"\\u005f_proto__":1}', '{"constructor":1}'])(
    "suspects %s",
    (json) => {
      expect(suspicionOf(json)).toBe("everything");
    },
  );
});
