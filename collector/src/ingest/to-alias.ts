import type { NewEvent } from "./new-event.ts";
import type { Alias } from "./queries.ts";

/** What a message says about which user an anonymous visitor turned out to be, if anything. */
export function toAlias({ type, userId, anonymousId, previousId }: NewEvent): Alias | null {
  const id = type === "alias" ? previousId : type === "identify" ? anonymousId : "";
  return id === "" || userId === "" ? null : { anonymousId: id, userId };
}
