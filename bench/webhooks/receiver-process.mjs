/**
 * A receiver of its own process: answers 204 to everything, after as many milliseconds as its
 * argument says, and tells how much came, and when.
 */

import { createServer } from "node:http";

const delayMs = Number(process.argv[2] ?? 0);
let count = 0;
let wanted = 0;
const arrivals = new Map();
const server = createServer((request, response) => {
  if (request.method === "GET") {
    const isWhole = request.url === "/arrivals";
    response.end(JSON.stringify({ count, ...(isWhole && { arrivals: [...arrivals] }) }));
    return;
  }
  const id = request.headers["webhook-id"];
  request.resume();
  request.on("end", () => {
    count += 1;
    if (count === wanted) process.send?.({ count });
    if (id && !arrivals.has(id)) arrivals.set(id, Date.now());
    if (delayMs > 0) setTimeout(() => response.writeHead(204).end(), delayMs);
    else response.writeHead(204).end();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.(server.address().port));
process.on("message", (total) => {
  wanted = total;
  if (count >= total) process.send?.({ count: total });
});
