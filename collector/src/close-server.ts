import type { Server } from "node:http";
import { Server as NetServer } from "node:net";

const DRAIN_MS = 8_000;
/** How long a connection may idle once the server closes. */
const IDLE_MS = 250;

/**
 * Takes no new connection, lets requests end, and cuts what is left after 8 s. Node's own `close` would cut at
 * once what looks idle, though a request may lie there unread.
 */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    const cutIdle = setTimeout(() => server.closeIdleConnections(), IDLE_MS);
    // A busy connection gets one more answer, which says that it closes; Node would serve it on and on.
    server.prependListener("request", (_, outgoing) => {
      outgoing.shouldKeepAlive = false;
    });
    server.keepAliveTimeout = IDLE_MS;
    NetServer.prototype.close.call(server, () => {
      clearTimeout(cut);
      clearTimeout(cutIdle);
      resolve();
    });
  });
}
