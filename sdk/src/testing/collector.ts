import type { BatchRequest, Message } from "@telltale/protocol";
import { afterEach, beforeEach, vi } from "vitest";
import { startClient } from "../client.ts";
import type { Client, Options } from "../options.ts";

/** What the stand-in got, and what it answers to the next batches. */
export const collector = { bodies: [] as BatchRequest[], status: 200 };

/** Starts a client that sends to the stand-in. */
export const start = (options: Partial<Options> = {}): Client =>
  startClient({ writeKey: "wk_test", host: "https://collector.test", ...options });

/** The messages of all batches, in the order in which they came. */
export const delivered = (): Message[] => collector.bodies.flatMap(({ batch }) => batch);

/** Our keys in the storage of the page. */
export const stored = (): string[] =>
  Object.keys(localStorage).filter((key) => key.startsWith("telltale:"));

const unpack = (body: string | ArrayBuffer): Promise<string> | string =>
  typeof body === "string"
    ? body
    : new Response(new Response(body).body?.pipeThrough(new DecompressionStream("gzip"))).text();

/** Has `fetch` reach a collector without surveys, in every test of the file. */
export function standInForCollector(): void {
  beforeEach(() => {
    collector.bodies = [];
    collector.status = 200;
    vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
      if (url.includes("/v1/config")) return new Response("{}", { status: 404 });
      const text = await unpack(init?.body as string | ArrayBuffer);
      collector.bodies.push(JSON.parse(text) as BatchRequest);
      return new Response("{}", { status: collector.status });
    });
  });
  afterEach(() => {
    localStorage.clear();
    vi.unstubAllGlobals();
  });
}
