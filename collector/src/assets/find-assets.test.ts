import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRoutes } from "../http.ts";
import { findAssets } from "./find-assets.ts";
import { assetRoutes } from "./routes.ts";

const CORE = `/* ${"telltale ".repeat(500)} */`;

describe("the browser bundles", () => {
  let root: string;
  let app: ReturnType<typeof createRoutes>;
  const folders = (...parts: string[]) =>
    parts.map((part) => ({ part, url: pathToFileURL(`${join(root, part)}/`) }));
  const get = (path: string, headers: Record<string, string> = {}, method = "GET") =>
    app.request(path, { method, headers });

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "telltale-assets-"));
    await mkdir(join(root, "sdk"));
    await mkdir(join(root, "widget"));
    await writeFile(join(root, "sdk/telltale.js"), CORE);
    await writeFile(join(root, "sdk/telltale.js.map"), "{}");
    await writeFile(join(root, "widget/telltale-widget.js"), "export {};");
    await writeFile(join(root, "widget/telltale-widget-card-BkyKPWBq.js"), "export {};");
    app = createRoutes();
    app.route("/", assetRoutes(findAssets(folders("sdk", "widget"))));
  });
  afterAll(() => rm(root, { recursive: true, force: true }));

  it("are served to any page on any origin", async () => {
    const response = await get("/telltale.js");
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
      "cache-control": "public, max-age=300, stale-while-revalidate=86400",
      vary: "accept-encoding",
    });
    expect(await response.text()).toBe(CORE);
  });

  it("are cached for good where the name holds a hash", async () => {
    const response = await get("/telltale-widget-card-BkyKPWBq.js");
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    const entry = await get("/telltale-widget.js");
    expect(entry.headers.get("cache-control")).toContain("max-age=300");
  });

  it.each([
    ["gzip, deflate, br, zstd", "br"],
    ["gzip, deflate", "gzip"],
    ["br;q=0, *", "gzip"],
    ["identity", null],
    ["gzip;q=0", null],
  ])("are compressed as the browser takes them: %s", async (accepted, encoding) => {
    const response = await get("/telltale.js", { "accept-encoding": accepted });
    expect(response.headers.get("content-encoding")).toBe(encoding);
    const bytes = Buffer.from(await response.arrayBuffer());
    const plain =
      encoding === "br" ? brotliDecompressSync(bytes) : encoding ? gunzipSync(bytes) : bytes;
    expect(plain.toString()).toBe(CORE);
    expect(response.headers.get("content-length")).toBe(String(bytes.byteLength));
  });

  it("answer 304 to a browser that has this version in this encoding", async () => {
    const headers = { "accept-encoding": "br" };
    const etag = (await get("/telltale.js", headers)).headers.get("etag") ?? "";
    const known = await get("/telltale.js", { ...headers, "if-none-match": `"old", W/${etag}` });
    expect(known.status).toBe(304);
    expect(known.headers.get("etag")).toBe(etag);
    expect((await get("/telltale.js", { "if-none-match": etag })).status).toBe(200);
  });

  it("have a HEAD, and nothing else is served", async () => {
    const head = await get("/telltale.js", {}, "HEAD");
    expect(head.status).toBe(200);
    expect(await head.text()).toBe("");
    for (const path of ["/telltale.js.map", "/../package.json", "/other.js"]) {
      expect((await get(path)).status).toBe(404);
    }
  });

  it("say what to run when they were not built", () => {
    expect(() => findAssets(folders("sdk"))).toThrow("/telltale-widget.js missing");
    expect(() => findAssets(folders("nowhere"))).toThrow("run 'npm run build' first");
  });
});
