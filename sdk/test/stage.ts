import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { gunzipSync } from "node:zlib";
import type { BatchRequest, Message, PublicConfig } from "@telltale/protocol";
import type { BrowserContext, Page } from "playwright-core";

const BUNDLE = new URL("../dist/browser/", import.meta.url);

const NO_SURVEYS: PublicConfig = { wake: [], surveys: [], hasFeedback: false };

/** Stands in for the widget: notes on the page what it was started and asked for. */
const WIDGET = `export const startPrompts = (bridge) => {
  window.asked = [];
  return {
    notify: (event) => asked.push("notify " + event),
    survey: (key) => asked.push("survey " + key),
    feedback: () => asked.push("feedback"),
    stop: () => asked.push("stop"),
    decisions: () => [],
  };
};`;

/** A request that reached the collector. */
export interface Arrival {
  method: string;
  path: string;
  bytes: number;
  at: number;
}

/** What the collector answers to a batch. */
export interface Answer {
  status: number;
  headers?: { [name: string]: string };
}

/** How a host page is made. */
export interface HostPage {
  /** Attributes of the script tag. */
  attributes?: string;
  /** Markup before the script tag. */
  head?: string;
  body?: string;
  /** Content security policy. */
  policy?: string;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A real server on real sockets: host pages on `localhost`, the collector on `127.0.0.1`. */
export async function openStage() {
  const sockets = new Set<Socket>();
  const files = new Map<string, string>([["/telltale-widget.js", WIDGET]]);
  let host: HostPage = {};
  let answer: (batch: number) => Answer = () => ({ status: 200 });
  let arrivals: Arrival[] = [];
  let batches: BatchRequest[] = [];
  let config: Partial<PublicConfig> = NO_SURVEYS;
  let port = 0;
  let server: Server;

  const listen = async () => {
    server = createServer(async (request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://stage");
      response.setHeader("access-control-allow-origin", "*");
      response.setHeader("access-control-expose-headers", "retry-after");
      if (pathname.startsWith("/v1/")) {
        const bytes = await readBody(request).catch(() => Buffer.alloc(0));
        const { method = "" } = request;
        arrivals.push({ method, path: pathname, bytes: bytes.length, at: Date.now() });
        if (pathname === "/v1/config") {
          response.setHeader("content-type", "application/json");
          response.end(JSON.stringify(config));
          return;
        }
        const { status, headers = {} } = answer(arrivals.filter(isBatch).length);
        if (status === 200 && bytes.length) {
          const text = bytes[0] === 0x1f ? gunzipSync(bytes) : bytes;
          batches.push(JSON.parse(text.toString("utf8")) as BatchRequest);
        }
        response.writeHead(status, headers).end(JSON.stringify({ wake: config.wake }));
      } else if (pathname.endsWith(".js")) {
        response.setHeader("content-type", "text/javascript");
        const own = files.get(pathname);
        response.end(own ?? (await readFile(new URL(`.${pathname}`, BUNDLE)).catch(() => "")));
      } else {
        response.setHeader("content-type", "text/html; charset=utf-8");
        if (host.policy) response.setHeader("content-security-policy", host.policy);
        response.end(`<!doctype html><html lang="en"><title>Host</title>${host.head ?? ""}
          <script async src="http://127.0.0.1:${port}/telltale.js" data-write-key="wk_stage"
            ${host.attributes ?? ""}></script>
          <body>${host.body ?? "<main><h1>Reports</h1></main>"}</body></html>`);
      }
    });
    server.on("connection", (socket) => {
      sockets.add(socket);
      socket.on("close", () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(port, resolve));
    port = (server.address() as AddressInfo).port;
  };
  const hangUp = async () => {
    const isClosed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await isClosed;
  };
  await listen();

  const isBatch = ({ path, method }: Arrival) => path === "/v1/batch" && method === "POST";
  const events = (): Message[] => batches.flatMap(({ batch }) => batch);

  return {
    files,
    get collector() {
      return `http://127.0.0.1:${port}`;
    },
    url: (path = "/") => `http://localhost:${port}${path}`,
    /** Forgets what arrived, and sets how the next pages are made and batches answered. */
    reset(next: HostPage = {}, nextConfig: Partial<PublicConfig> = NO_SURVEYS) {
      host = next;
      config = nextConfig;
      answer = () => ({ status: 200 });
      arrivals = [];
      batches = [];
    },
    /** Decides the answer to each batch by its number, from 1. */
    respond(next: (batch: number) => Answer) {
      answer = next;
    },
    arrivals: () => arrivals,
    posts: () => arrivals.filter(isBatch),
    batches: () => batches,
    events,
    /** How often each event of a name arrived, by id. */
    deliveries(name: string): Map<string, number> {
      const counts = new Map<string, number>();
      for (const { event, messageId } of events()) {
        if (event === name) counts.set(messageId!, (counts.get(messageId!) ?? 0) + 1);
      }
      return counts;
    },
    /** Opens a host page and waits for the SDK. */
    async open(context: BrowserContext, path = "/"): Promise<Page> {
      const page = await context.newPage();
      await page.goto(this.url(path));
      await page.waitForFunction(() => "flush" in (window.telltale ?? {}));
      return page;
    },
    hangUp,
    /** Listens again, on the same port. */
    listen,
    close: hangUp,
  };
}

/** Waits until something holds, looking every 20 ms. */
export async function until(condition: () => boolean, timeoutMs = 20_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Not so after ${timeoutMs} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

declare global {
  interface Window {
    telltale: import("../src/options.ts").Client;
    asked: string[];
  }
}
