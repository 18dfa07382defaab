import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { createRequestListener } from "../src/listen.ts";
import type { TestCollector } from "./collector.ts";

/** Gives a collector a real port of 127.0.0.1 until the work is done. */
export async function withPort<T>(
  collector: Pick<TestCollector, "app"> & Partial<Pick<TestCollector, "http">>,
  work: (url: string, server: Server) => Promise<T>,
): Promise<T> {
  const { app, http } = collector;
  const server = createServer(http ? createRequestListener(http) : getRequestListener(app.fetch));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  try {
    return await work(`http://127.0.0.1:${port}`, server);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
