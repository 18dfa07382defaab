import { afterEach, describe, expect, it } from "vitest";
import { readConfig } from "./terminal.ts";

const before = { isTTY: process.stdout.isTTY, level: process.env.LOG_LEVEL };

function inTerminal(isTTY: boolean, level = ""): string {
  process.stdout.isTTY = isTTY;
  process.env.LOG_LEVEL = level;
  return readConfig().logLevel;
}

describe("readConfig", () => {
  afterEach(() => {
    process.stdout.isTTY = before.isTTY;
    process.env.LOG_LEVEL = before.level;
    if (before.level === undefined) delete process.env.LOG_LEVEL;
  });

  it("logs no request to a terminal, where the lines would push the keys out of sight, unless asked to", () => {
    expect(inTerminal(true)).toBe("warn");
    expect(inTerminal(false)).toBe("info");
    expect(inTerminal(true, "info")).toBe("info");
  });
});
