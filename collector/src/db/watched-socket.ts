import { createConnection, type Socket } from "node:net";

/** Where Postgres is, as the driver parsed it. */
interface Target {
  host: string[];
  port: number[];
  path?: string | false | undefined;
}

const CHECK_EVERY_MS = 250;

/**
 * Opens sockets that give up on a server which no longer answers. A connection whose other end
 * vanished without a word (a pulled cable, a frozen host) looks alive to TCP for many minutes;
 * Postgres however answers every message, at the latest when its statement timeout strikes.
 *
 * @param answerWithinMs - above the statement timeout of the connection
 */
export function createSocketOpener(answerWithinMs: number): (target: Target) => Socket {
  return ({ host, port, path }) => {
    const socket = path
      ? createConnection(path)
      : createConnection({ host: host[0] as string, port: port[0] as number, noDelay: true });
    // The driver reads these to check the name in the server's certificate.
    Object.assign(socket, { host: host[0], port: port[0] });
    watchSocket(socket, answerWithinMs);
    return socket;
  };
}

/** Destroys a socket that was written to and stays silent for longer than that, in milliseconds. */
export function watchSocket(socket: Socket, answerWithinMs: number): void {
  let read = 0;
  let writtenThen = 0;
  let unansweredSince = 0;
  const timer = setInterval(() => {
    if (socket.bytesRead !== read) {
      read = socket.bytesRead;
      writtenThen = socket.bytesWritten;
      unansweredSince = 0;
    } else if (socket.bytesWritten > writtenThen) {
      unansweredSince ||= performance.now();
      if (performance.now() - unansweredSince < answerWithinMs) return;
      socket.destroy(Object.assign(new Error("Postgres does not answer"), { code: "ETIMEDOUT" }));
    }
  }, CHECK_EVERY_MS).unref();
  socket.once("close", () => clearInterval(timer));
}
