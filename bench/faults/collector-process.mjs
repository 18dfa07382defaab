/** The collector in a process of its own, as `telltale serve` runs it, with a look inside. */

import { subscribe } from "node:diagnostics_channel";
import { parseConfig } from "../../collector/dist/config.js";
import { serve } from "../../collector/dist/serve.js";
import { SECRET_KEY, WRITE_KEY } from "./client.mjs";

/** The most that was read from one connection, in bytes. */
let mostRead = 0;
const known = new WeakSet();
subscribe("http.server.request.start", ({ socket }) => {
  if (known.has(socket)) return;
  known.add(socket);
  socket.once("close", () => {
    mostRead = Math.max(mostRead, socket.bytesRead);
  });
});

const collector = await serve(
  parseConfig({
    PORT: "0",
    TELLTALE_ROLE: "ingest",
    TELLTALE_DEMO: "0",
    TELLTALE_WRITE_KEY: WRITE_KEY,
    TELLTALE_SECRET_KEY: SECRET_KEY,
    APP_SECRET: "a secret of at least thirty-two characters",
    LOG_LEVEL: "silent",
    ...process.env,
  }),
);
process.on("message", (id) => {
  const { rss } = process.memoryUsage();
  const isPolluted = {}.polluted !== undefined;
  process.send({ id, rssMb: rss / 1e6, mostReadKb: mostRead / 1e3, isPolluted });
});
process.on("SIGTERM", async () => {
  await collector.stop();
  process.exit(0);
});
const { port } = new URL(collector.url);
process.send({ port: Number(port) });
