import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCsv, toCsvCell } from "./csv.ts";

describe("toCsvCell", () => {
  it.each([["=1+1"], ["+1"], ["-1+2"], ["@SUM(A1)"], ["\t=1"], ["  =1"], ["＝1+1"], ["＠SUM(A1)"]])(
    "starts %j with an apostrophe, so that no spreadsheet runs it",
    (text) => {
      expect(toCsvCell(text).replace(/^"/, "").startsWith("'")).toBe(true);
    },
  );

  it("leaves real numbers as they are", () => {
    expect(toCsvCell(-12.5)).toBe("-12.5");
    expect(toCsvCell(null)).toBe("");
  });

  it("never lets a cell begin like a formula, whatever the text", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const inner = toCsvCell(text).replace(/^"/, "");
        expect(inner).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});

describe("toCsv", () => {
  it("quotes commas, quotes and line breaks as RFC 4180 says", () => {
    expect(toCsv([["a,b", 'c"d', "e\nf"]])).toBe('\uFEFF"a,b","c""d","e\nf"\r\n');
  });
});
