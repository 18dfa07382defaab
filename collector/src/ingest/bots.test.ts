import { describe, expect, it } from "vitest";
import { createBotDetector } from "./bots.ts";

const CHROME =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36";

describe("createBotDetector", () => {
  it.each([
    ["a crawler", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", true],
    ["a browser without a window", CHROME.replace("Chrome/", "HeadlessChrome/"), true],
    ["a browser", CHROME, false],
    ["a library on a server", "analytics-node-next/latest", false],
    ["Node itself", "node", false],
    ["nobody", undefined, false],
  ])("judges %s", (_, userAgent, isBot) => {
    const detect = createBotDetector();
    expect([detect(userAgent), detect(userAgent)]).toEqual([isBot, isBot]);
  });

  it("looks at the beginning of an endless user agent only", () => {
    expect(createBotDetector()(`${CHROME} ${"x".repeat(100_000)} Googlebot`)).toBe(false);
  });
});
