import type { Message } from "@telltale/protocol";
import { attempt } from "./browser/attempt.ts";
import type { Core } from "./core.ts";
import { createRateLimit } from "./rate-limit.ts";

/** What a caller knows of an event. */
export type Draft = Omit<Message, "messageId" | "timestamp">;

/** Turns what happened into messages in the queue. */
export interface Recorder {
  /**
   * Notes an event as of a moment, in milliseconds since the Unix epoch.
   *
   * @returns how many events wait to be settled; undefined when the rate limit kept this one out
   */
  record(draft: Draft, at: number): number | undefined;
  /** Makes messages of what was noted, of the person and account at this moment. */
  settle(): void;
  /** Holds nothing any longer: what was held until the person was known is for the next `settle`. */
  letGo(): void;
}

/** Creates the recorder. It holds events from the start when the page asked to. */
export function createRecorder({ options, visitors, queue, createId, debug }: Core): Recorder {
  const { beforeSend = (message) => message } = options;
  const mayPass = createRateLimit();
  let isHolding = Boolean(options.waitForIdentityMs);
  const drafts: [draft: Draft, at: number][] = [];

  const toText = (draft: Draft, at: number) => {
    const visitor = visitors.at(at);
    const { userId } = visitor;
    visitor.activeAt = at;
    // What is undefined here is absent on the wire.
    const message = {
      messageId: createId(at),
      timestamp: new Date(at).toISOString(),
      ...draft,
      userId,
      // Both ids, where the anonymous visitor becomes the user.
      anonymousId: !userId || draft.type === "identify" ? visitor.anonymousId : undefined,
      context: {
        groupId: visitor.accountId,
        sessionId: visitor.sessionId,
        sequence: visitor.sequence++,
      },
    } as Message;
    const kept = beforeSend(message);
    debug(kept ? "queued" : "dropped", message);
    return kept && JSON.stringify(kept);
  };

  const settle = () => {
    const latest = drafts.at(-1);
    if (isHolding || !latest) return;
    const { person } = visitors.at(latest[1]);
    const texts = drafts.splice(0).map(([draft, at]) => attempt(() => toText(draft, at), debug));
    // Dropped or broken by the page, or nothing that JSON can hold.
    const isText = (text: unknown) => text || visitors.drop("before_send");
    queue.add(texts.filter(isText) as string[], person);
  };

  return {
    record(draft, at) {
      if (mayPass(Date.now())) return drafts.push([draft, at]);
      visitors.drop("rate_limited");
      debug("limited", draft);
    },
    settle,
    letGo() {
      isHolding = false;
    },
  };
}
