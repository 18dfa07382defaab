import { isbot } from "isbot";

/** The pattern takes long over long texts; real browsers stay far below. */
const MAX_USER_AGENT = 1_024;
const MAX_REMEMBERED = 5_000;

/** Servers, apps and command lines name themselves; only browsers, and who plays one, begin so. */
const BROWSER = "Mozilla/";

/**
 * Tells crawlers and test browsers by their user agent, remembering the answers. A library on a
 * server is no bot, although no person sits there.
 */
export function createBotDetector(): (userAgent: string | undefined) => boolean {
  const known = new Map<string, boolean>();
  return (userAgent) => {
    if (!userAgent?.startsWith(BROWSER)) return false;
    const text = userAgent.slice(0, MAX_USER_AGENT);
    let isBot = known.get(text);
    if (isBot === undefined) {
      isBot = isbot(text);
      if (known.size >= MAX_REMEMBERED) known.clear();
      known.set(text, isBot);
    }
    return isBot;
  };
}

/** Crawlers and link scanners, but not the headless browsers in which a team tests its own pages. */
export function createCrawlerDetector(): (userAgent: string | undefined) => boolean {
  const isBot = createBotDetector();
  return (userAgent) => isBot(userAgent) && !userAgent?.includes("Headless");
}
