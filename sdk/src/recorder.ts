import type { Message } from "@telltale/protocol";
import { attempt } from "./browser/attempt.ts";
import { createUuid } from "./browser/uuid.ts";
import type { Options } from "./options.ts";
import type { Queue } from "./queue.ts";
import { createRateLimit } from "./rate-limit.ts";
import type { VisitorRecord } from "./visitor.ts";

/** What a caller knows of an event. */
export type Draft = Omit<Message, "messageId" | "timestamp">;

/** Turns what happened into messages in the queue. */
export interface Recorder {
  /**
   * Records an event as of a moment, in milliseconds since the Unix epoch.
   *
   * @returns whether it passed the rate limit
   */
  record(draft: Draft, at: number): boolean;
  /** Lets go what was held until the person was known. */
  release(): void;
}

/** What a recorder needs. */
export interface RecorderParts {
  options: Options;
  visitors: VisitorRecord;
  queue: Queue;
  debug(...line: unknown[]): void;
}

/** Creates the recorder. It holds events from the start when the page asked to. */
export function createRecorder(parts: RecorderParts): Recorder {
  const { options, visitors, queue, debug } = parts;
  const { beforeSend = (message) => message } = options;
  const mayPass = createRateLimit();
  let held: [draft: Draft, at: number][] | undefined = options.waitForIdentityMs ? [] : undefined;

  let count = 0;

  const commit = (draft: Draft, at: number) => {
    const visitor = visitors.at(at);
    const { userId, accountId, sessionId, sequence, person } = visitor;
    visitor.activeAt = at;
    visitor.sequence++;
    const messageId = createUuid(at, count++);
    // What is undefined here is absent on the wire.
    const message = {
      messageId,
      timestamp: new Date(at).toISOString(),
      ...draft,
      userId,
      // Both ids, where the anonymous visitor becomes the user.
      anonymousId: !userId || draft.type === "identify" ? visitor.anonymousId : undefined,
      context: { groupId: accountId, sessionId, sequence },
    } as Message;
    const kept = attempt(() => beforeSend(message), debug);
    debug(kept ? "queued" : "dropped", message);
    if (kept) queue.add(messageId, JSON.stringify(kept), person);
    else visitors.drop("before_send");
  };

  return {
    record(draft, at) {
      const isPassed = mayPass(Date.now());
      if (!isPassed) visitors.drop("rate_limited");
      else if (held) held.push([draft, at]);
      else commit(draft, at);
      return isPassed;
    },
    release() {
      const drafts = held ?? [];
      held = undefined;
      for (const [draft, at] of drafts) commit(draft, at);
    },
  };
}
