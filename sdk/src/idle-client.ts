import type { Client } from "./options.ts";

/** A client that does nothing: for servers, where there is no visitor. */
export function createIdleClient(): Client {
  const nothing = () => {};
  return {
    identify: nothing,
    account: nothing,
    group: nothing,
    track: nothing,
    page: nothing,
    feature: nothing,
    task: () => ({ complete: nothing, fail: nothing }),
    milestone: nothing,
    survey: nothing,
    feedback: nothing,
    consent: nothing,
    reset: nothing,
    flush: () => Promise.resolve(),
    on: () => nothing,
    debug: { prompts: () => [] },
  };
}
