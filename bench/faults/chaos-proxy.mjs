import { createConnection, createServer } from "node:net";

/**
 * A proxy on a free port of 127.0.0.1 that misbehaves on demand. Modes: `pass`; `freeze` what flows
 * in both directions while the connections stay open; `mute` the answers only; `cut` connections,
 * now and on arrival.
 */
export async function startChaosProxy(target) {
  const pairs = new Set();
  let mode = "pass";
  const cutAll = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const server = createServer((client) => {
    if (mode === "cut") return void client.destroy();
    const upstream = createConnection(target);
    const pair = [client, upstream];
    pairs.add(pair);
    client.on("data", (chunk) => mode !== "freeze" && upstream.write(chunk));
    upstream.on("data", (chunk) => mode === "pass" && client.write(chunk));
    for (const socket of pair) {
      socket.on("error", () => {});
      socket.on("close", () => {
        pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: server.address().port,
    setMode(next) {
      mode = next;
      if (next === "cut") cutAll();
    },
    cutAll,
    close() {
      cutAll();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
