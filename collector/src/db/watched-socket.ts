import { createConnection, type Socket } from "node:net";

/** Where Postgres is, as the driver parsed it. */
interface Target {
  host: string[];
  port: number[];
  path?: string | false | undefined;
}

/** Opens a socket for the driver, which tells whether the connection waits for an answer. */
type SocketOpener = (target: Target, isAsked: () => boolean) => Socket;

const CHECK_EVERY_MS = 250;

/**
 * Opens sockets that give up on a server which no longer answers. A connection whose other end
 * vanished without a word (a pulled cable, a frozen host) looks alive to TCP for many minutes;
 * Postgres however answers every message, at the latest when its statement timeout strikes.
 *
 * @param answerWithinMs - above the statement timeout of the connection, which no statement may lift
 */
export function createSocketOpener(answerWithinMs: number): SocketOpener {
  return (target, isAsked) => {
    const socket = openSocket(target);
    watchSocket(socket, answerWithinMs, isAsked);
    return socket;
  };
}

/**
 * The same for connections whose transactions may lift their statement timeout: there only the
 * first question after a rest is watched, the later ones of a transaction have all the time.
 */
export function createPatientSocketOpener(answerWithinMs: number): SocketOpener {
  return (target) => {
    const socket = openSocket(target);
    let read = 0;
    let writtenThen = 0;
    watchSocket(socket, answerWithinMs, () => {
      if (socket.bytesRead !== read) {
        read = socket.bytesRead;
        writtenThen = socket.bytesWritten;
      }
      return socket.bytesWritten > writtenThen;
    });
    return socket;
  };
}

function openSocket({ host, port, path }: Target): Socket {
  const socket = path
    ? createConnection(path)
    : createConnection({ host: host[0] as string, port: port[0] as number, noDelay: true });
  // The driver reads these to check the name in the server's certificate.
  return Object.assign(socket, { host: host[0], port: port[0] });
}

/** Destroys a socket that is asked and stays silent for longer than that, in milliseconds. */
function watchSocket(socket: Socket, answerWithinMs: number, isAsked: () => boolean): void {
  let read = 0;
  let silentSince = performance.now();
  const timer = setInterval(() => {
    if (!isAsked() || socket.bytesRead !== read) {
      read = socket.bytesRead;
      silentSince = performance.now();
    } else if (performance.now() - silentSince >= answerWithinMs) {
      socket.destroy(Object.assign(new Error("Postgres does not answer"), { code: "ETIMEDOUT" }));
    }
  }, CHECK_EVERY_MS).unref();
  socket.once("close", () => clearInterval(timer));
}
