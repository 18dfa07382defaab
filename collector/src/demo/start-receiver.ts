import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { createReceiver, type VerifiedMessage } from "@telltale/example-webhook-receiver";

/** The example receiver, on a port of its own. */
export interface RunningReceiver {
  /** `host:port`. */
  host: string;
  /** Where it takes messages. */
  url: string;
  /** Ids of the messages whose signature it found good, so far as anybody asked in time. */
  findVerified(): Promise<ReadonlySet<string>>;
  stop(): Promise<void>;
}

const MAX_REMEMBERED = 10_000;

/** Starts `examples/webhook-receiver` on a free loopback port. */
export async function startReceiver(secret: string): Promise<RunningReceiver> {
  const receiver = createReceiver({ secret });
  const server = await new Promise<Server>((resolve, reject) => {
    const starting = serve({ fetch: receiver.fetch, port: 0, hostname: "127.0.0.1" }, () =>
      resolve(starting as Server),
    );
    starting.once("error", reject);
  });
  const { port } = server.address() as AddressInfo;
  const verified = new Set<string>();
  const host = `127.0.0.1:${port}`;
  return {
    host,
    url: `http://${host}/webhooks`,
    async findVerified() {
      const response = await receiver.request("/messages");
      const { messages } = (await response.json()) as { messages: VerifiedMessage[] };
      // It keeps the newest 50 only; those of the demo account must not fade from the panel.
      if (verified.size > MAX_REMEMBERED) verified.clear();
      for (const { id } of messages) verified.add(id);
      return verified;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
