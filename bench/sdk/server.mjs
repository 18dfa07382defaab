/** Host pages on `localhost`, and a collector on `127.0.0.1` that takes whatever any tracker sends. */

import { createServer } from "node:http";

/** Starts the server; `scripts` maps a path to what is served there. */
export async function openServer() {
  const scripts = new Map();
  let requests = [];
  const server = createServer((request, response) => {
    const chunks = [];
    request.on("data", (chunk) => chunks.push(chunk));
    request.on("end", () => {
      const { pathname, search } = new URL(request.url, "http://bench");
      response.setHeader("access-control-allow-origin", request.headers.origin ?? "*");
      response.setHeader("access-control-allow-credentials", "true");
      response.setHeader(
        "access-control-allow-headers",
        request.headers["access-control-request-headers"] ?? "*",
      );
      if (scripts.has(pathname)) {
        response.setHeader("content-type", "text/javascript");
        response.end(scripts.get(pathname));
      } else if (pathname === "/page") {
        response.setHeader("content-type", "text/html");
        response.end(
          "<!doctype html><html lang=en><title>Bench</title><link rel=icon href=data:,><main>Host page</main></html>",
        );
      } else {
        const bytes = Buffer.concat(chunks).length + search.length;
        requests.push({ method: request.method, path: pathname, bytes });
        response.setHeader("content-type", "application/json");
        // As our collector answers a batch of a project without surveys.
        response.setHeader("access-control-expose-headers", "retry-after");
        response.end('{"success":true,"accepted":1,"duplicates":0,"rejected":[],"wake":[]}');
      }
    });
  });
  await new Promise((resolve) => server.listen(0, resolve));
  const { port } = server.address();
  return {
    scripts,
    page: `http://localhost:${port}/page`,
    origin: `http://127.0.0.1:${port}`,
    /** What arrived since the last call. */
    takeRequests() {
      const taken = requests;
      requests = [];
      return taken;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
