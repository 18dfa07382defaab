import type { Server } from "node:http";
import { serve } from "@hono/node-server";
import type { TestCollector } from "./collector.ts";

/** Gives a collector a real port of 127.0.0.1 until the work is done. */
export async function withPort<T>(
  collector: Pick<TestCollector, "app">,
  work: (url: string, server: Server) => Promise<T>,
): Promise<T> {
  const server = await new Promise<Server>((resolve) => {
    const started = serve({ fetch: collector.app.fetch, port: 0, hostname: "127.0.0.1" }, () =>
      resolve(started as Server),
    );
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  try {
    return await work(`http://127.0.0.1:${port}`, server);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
