import { once } from "node:events";
import { Agent, createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { closeServer } from "./close-server.ts";

describe("closeServer", () => {
  it("ends a connection that is always busy with an answer that says so", async () => {
    let closed: Promise<void> | undefined;
    let received = 0;
    const server = createServer((_, outgoing) => {
      received += 1;
      if (received === 3) closed = closeServer(server);
      outgoing.end("ok");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const agent = new Agent({ keepAlive: true });
    const told: unknown[] = [];
    while (told.at(-1) !== "close" && told.length < 10) {
      const [answer] = await once(get({ port, agent }), "response");
      told.push(answer.headers.connection);
      await once(answer.resume(), "end");
    }
    expect(told).toEqual(["keep-alive", "keep-alive", "keep-alive", "close"]);
    await closed;
    await expect(once(get({ port, agent }), "response")).rejects.toThrow(/ECONNREFUSED/);
    agent.destroy();
  });

  it("answers what had come in unread when it began to close, though the connection looked idle", async () => {
    const server = createServer((_, outgoing) => void outgoing.end("ok")).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const agent = new Agent({ keepAlive: true });
    const ask = async () => {
      const [answer] = await once(get({ port, agent }), "response");
      await once(answer.resume(), "end");
      return answer.headers.connection;
    };
    expect(await ask()).toBe("keep-alive");
    await new Promise(setImmediate);
    const last = ask();
    const closed = closeServer(server);
    expect(await last).toBe("close");
    await closed;
    agent.destroy();
  });
});
