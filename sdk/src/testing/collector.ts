import type { BatchRequest, Message } from "@telltale/protocol";
import { afterEach, beforeEach, vi } from "vitest";
import { startClient } from "../client.ts";
import type { Client, Options } from "../options.ts";

/** What the stand-in answers to a batch: without a status 200, without a body `{}`. */
export interface StandInAnswer {
  status?: number;
  body?: object;
}

const takeAll = (_batch: BatchRequest): StandInAnswer | Promise<StandInAnswer> => ({});

/** What the stand-in got, and what it answers to the next batches. */
export const collector = { bodies: [] as BatchRequest[], answer: takeAll };

let project = 0;

/** Starts a client that sends to the stand-in: of one project in a test, and of another in the next. */
export const start = (options: Partial<Options> = {}): Client =>
  startClient({ writeKey: `wk_${project}`, host: "https://collector.test", ...options });

/** The messages of all batches, in the order in which they came. */
export const delivered = (): Message[] => collector.bodies.flatMap(({ batch }) => batch);

/** Our keys in the storage of the page. */
export const stored = (): string[] =>
  Object.keys(localStorage).filter((key) => key.startsWith("telltale:"));

const unpack = (body: string | ArrayBuffer): Promise<string> | string =>
  typeof body === "string"
    ? body
    : new Response(new Response(body).body?.pipeThrough(new DecompressionStream("gzip"))).text();

/** Web Locks of one browser, as far as the SDK asks for them. */
const createLocks = () => {
  const held = new Set<string>();
  return {
    async request(name: string, _: { ifAvailable: true }, run: (lock: object | null) => unknown) {
      await null;
      if (held.has(name)) return run(null);
      held.add(name);
      await run({});
      held.delete(name);
    },
  };
};

/** Gives the browser locks, and has `fetch` reach a collector without surveys, in every test of the file. */
export function standInForCollector(): void {
  beforeEach(() => {
    project++;
    collector.bodies = [];
    collector.answer = takeAll;
    const locks = { value: createLocks() };
    vi.stubGlobal("navigator", Object.create(navigator, { locks }));
    vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
      if (url.includes("/v1/config")) return new Response("{}", { status: 404 });
      const text = await unpack(init?.body as string | ArrayBuffer);
      const batch = JSON.parse(text) as BatchRequest;
      collector.bodies.push(batch);
      const { status = 200, body = {} } = await collector.answer(batch);
      return Response.json(body, { status });
    });
  });
  afterEach(() => {
    localStorage.clear();
    vi.unstubAllGlobals();
    // What a client of this test still wants to send must not look for the stand-in in the network.
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("the test is over")));
  });
}
