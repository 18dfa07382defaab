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
  /** Ids of the messages whose signature it found good, the newest 50. */
  findVerified(): Promise<ReadonlySet<string>>;
  stop(): Promise<void>;
}

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
  const host = `127.0.0.1:${port}`;
  return {
    host,
    url: `http://${host}/webhooks`,
    async findVerified() {
      const response = await receiver.request("/messages");
      const { messages } = (await response.json()) as { messages: VerifiedMessage[] };
      return new Set(messages.map((message) => message.id));
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
