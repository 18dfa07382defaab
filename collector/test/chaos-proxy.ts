import { createConnection, createServer, type Server, type Socket } from "node:net";

/**
 * What a network can do to a connection: `pass` it on; `freeze` what flows in both directions while the
 * connections stay open; `cut` them, now and on arrival; `mute` the answers only.
 */
export type ProxyMode = "pass" | "freeze" | "cut" | "mute";

/** A proxy that misbehaves on demand. */
export interface ChaosProxy {
  port: number;
  mode: ProxyMode;
  /** Ends all connections under way, whatever the mode. */
  cutAll(): void;
  close(): Promise<void>;
}

/** Starts a proxy on a free port of 127.0.0.1. */
export async function startChaosProxy(target: { host: string; port: number }): Promise<ChaosProxy> {
  const pairs = new Set<[Socket, Socket]>();
  let mode: ProxyMode = "pass";
  const server: Server = createServer((client) => {
    if (mode === "cut") return void client.destroy();
    const upstream = createConnection(target);
    const pair: [Socket, Socket] = [client, upstream];
    pairs.add(pair);
    client.on("data", (chunk) => {
      if (mode !== "freeze") upstream.write(chunk);
    });
    upstream.on("data", (chunk) => {
      if (mode === "pass") client.write(chunk);
    });
    for (const socket of pair) {
      socket.on("error", () => {});
      socket.on("close", () => {
        pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const cutAll = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  return {
    port: typeof address === "object" && address ? address.port : 0,
    get mode() {
      return mode;
    },
    set mode(next) {
      mode = next;
      if (next === "cut") cutAll();
    },
    cutAll,
    close() {
      cutAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
