import type { Server } from "node:http";

const DRAIN_MS = 8_000;
/** How long a connection may idle once the server closes. */
const IDLE_MS = 250;

/** Takes no new connection, lets requests end, and cuts what is left after 8 s. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    // A busy connection gets one more answer, which says that it closes; Node would serve it on and on.
    server.prependListener("request", (_, outgoing) => {
      outgoing.shouldKeepAlive = false;
    });
    server.keepAliveTimeout = IDLE_MS;
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
  });
}
