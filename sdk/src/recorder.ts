import type { Message } from "@telltale/protocol";
import { createUuid } from "./browser/uuid.ts";
import type { Drops } from "./drops.ts";
import type { Identity } from "./identity.ts";
import type { Options } from "./options.ts";
import type { Queue } from "./queue.ts";
import { createRateLimit } from "./rate-limit.ts";
import type { Session } from "./session.ts";

/** Most events that are held until the person is known. */
const MAX_HELD = 1_000;

/** What a caller knows of an event. */
export type Draft = Omit<Message, "messageId" | "timestamp">;

/** Turns what happened into messages in the queue. */
export interface Recorder {
  /** Records an event as of a moment, in milliseconds since the Unix epoch. */
  record(draft: Draft, at: number): void;
  /** Lets go what was held for the person to be known. */
  release(): void;
  /** Drops what is held. */
  forget(): void;
}

/** What a recorder needs. */
export interface RecorderParts {
  options: Options;
  identity: Identity;
  session: Session;
  queue: Queue;
  drops: Drops;
  onAdded(): void;
  debug(...line: unknown[]): void;
}

/** Creates the recorder. It holds events from the start when the page asked to. */
export function createRecorder(parts: RecorderParts): Recorder {
  const { options, identity, session, queue, drops, onAdded, debug } = parts;
  const mayPass = createRateLimit(Date.now());
  let held: Message[] | undefined =
    options.waitForIdentityMs && !identity.current().userId ? [] : undefined;

  const commit = (message: Message) => {
    const { sessionId, sequence } = session.place(Date.parse(message.timestamp!));
    message.context = { sessionId, sequence, ...message.context };
    identity.stamp(message);
    let kept: Message | null = null;
    try {
      kept = options.beforeSend ? options.beforeSend(message) : message;
    } catch (error) {
      debug("beforeSend failed", error);
    }
    debug(kept ? "queued" : "dropped", message);
    if (!kept) {
      drops.count("before_send");
      return;
    }
    queue.add(JSON.stringify(kept), String(identity.current().person));
    onAdded();
  };

  return {
    record(draft, at) {
      if (!mayPass(Date.now())) {
        drops.count("rate_limited");
        onAdded();
        return;
      }
      const message: Message = {
        ...draft,
        messageId: createUuid(at),
        timestamp: new Date(at).toISOString(),
      };
      if (!held) commit(message);
      else if (held.push(message) > MAX_HELD) {
        held.shift();
        drops.count("queue_full");
      }
    },
    release() {
      const messages = held ?? [];
      held = undefined;
      messages.forEach(commit);
    },
    forget() {
      if (held) held = [];
    },
  };
}
