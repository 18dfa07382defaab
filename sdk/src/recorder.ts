import type { Message } from "@telltale/protocol";
import { createUuid } from "./browser/uuid.ts";
import type { Drops } from "./drops.ts";
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
  drops: Drops;
  debug(...line: unknown[]): void;
}

/** Creates the recorder. It holds events from the start when the page asked to. */
export function createRecorder(parts: RecorderParts): Recorder {
  const { options, visitors, queue, drops, debug } = parts;
  const mayPass = createRateLimit(Date.now());
  let held: Message[] | undefined = options.waitForIdentityMs ? [] : undefined;

  const commit = (message: Message) => {
    const at = Date.parse(message.timestamp!);
    const visitor = visitors.at(at);
    const { anonymousId, userId, accountId, sessionId, person } = visitor;
    visitor.activeAt = at;
    if (userId) message.userId = userId;
    if (!userId || message.type === "identify") message.anonymousId = anonymousId;
    message.context = {
      sessionId,
      sequence: visitor.sequence++,
      ...(accountId && { groupId: accountId }),
    };
    let kept: Message | null = null;
    try {
      kept = options.beforeSend ? options.beforeSend(message) : message;
    } catch (error) {
      debug(error);
    }
    debug(kept ? "queued" : "dropped", message);
    if (kept) queue.add(JSON.stringify(kept), person);
    else drops.count("before_send");
  };

  return {
    record(draft, at) {
      const isPassed = mayPass(Date.now());
      if (isPassed) {
        const message: Message = {
          ...draft,
          messageId: createUuid(at),
          timestamp: new Date(at).toISOString(),
        };
        if (held) held.push(message);
        else commit(message);
      } else drops.count("rate_limited");
      return isPassed;
    },
    release() {
      const messages = held;
      held = undefined;
      messages?.forEach(commit);
    },
  };
}
