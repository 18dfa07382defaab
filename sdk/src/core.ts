import type { WakeRule } from "@telltale/protocol";
import type { Store } from "./browser/storage.ts";
import type { AddOnKit, Properties } from "./options.ts";
import type { Queue } from "./queue.ts";
import type { VisitorRecord } from "./visitor.ts";

/** What the parts of a client share. Add-ons see only what {@link AddOnKit} names. */
export interface Core extends AddOnKit {
  /** Tells projects on one origin apart: names the lock, and begins every key of the store. */
  prefix: string;
  store: Store;
  visitors: VisitorRecord;
  queue: Queue;
  /** Makes a UUID of a moment. */
  createId(now: number): string;
  /** Loads and starts an add-on of the host; gives what its `start` returns. */
  load(name: string): Promise<unknown>;
  /** Writes down what happened so far. */
  writeAll(): void;
  /** Tells those who listen on the page. */
  tell(event: string, properties: Properties): void;
  /** Hears from the collector what may make a survey due. */
  hear(rules: WakeRule[] | undefined): void;
}
