import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4710" },
    collector: { type: "string", default: "http://127.0.0.1:4700" },
    "write-key": { type: "string", default: process.env.TELLTALE_WRITE_KEY ?? "wk_missing" },
  },
});
const TYPES = { ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
const folder = new URL(".", import.meta.url);

const server = createServer(async (request, response) => {
  const name = new URL(request.url ?? "/", "http://localhost").pathname.slice(1);
  const type = TYPES[extname(name)];
  try {
    if (type && !name.includes("/")) {
      response.setHeader("content-type", `${type}; charset=utf-8`);
      return response.end(await readFile(new URL(name, folder)));
    }
    // Every other path is a page of the app, which finds its way by itself.
    const page = await readFile(new URL("index.html", folder), "utf8");
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      page.replace("%COLLECTOR%", values.collector).replace("%WRITE_KEY%", values["write-key"]),
    );
  } catch {
    response.writeHead(404).end("Not found");
  }
});
server.listen(Number(values.port), "127.0.0.1", () => {
  console.log(`Ledgerline, a demo product, on http://127.0.0.1:${values.port}/`);
  console.log(`Its events go to ${values.collector}`);
});
