import type { OpenAPIHono } from "@hono/zod-openapi";
import { type AppEnv, createRoutes } from "../http.ts";
import type { Asset, Assets } from "./find-assets.ts";

/** The entries keep their names: pages learn of a new version within this. */
const ENTRY_CACHE = "public, max-age=300, stale-while-revalidate=86400";
const IMMUTABLE_CACHE = "public, max-age=31536000, immutable";

/** The best encoding that a client takes: brotli, gzip, or none. */
function encodingFor(header: string | undefined): "br" | "gzip" | null {
  const accepted = new Map(
    (header ?? "").split(",").map((part) => {
      const [name = "", ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const quality = parameters.find((one) => one.startsWith("q="));
      return [name, quality ? Number(quality.slice(2)) : 1];
    }),
  );
  const takes = (name: string) => (accepted.get(name) ?? accepted.get("*") ?? 0) > 0;
  if (takes("br")) return "br";
  return takes("gzip") ? "gzip" : null;
}

function bytesOf(asset: Asset, encoding: "br" | "gzip" | null): Buffer {
  if (encoding === "br") return asset.brotli;
  return encoding === "gzip" ? asset.gzip : asset.plain;
}

function isKnown(header: string | undefined, etag: string): boolean {
  const known = (header ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return known.includes(etag) || known.includes("*");
}

/** Serves the browser bundles from memory, for any page on any origin. */
export function assetRoutes(assets: Assets): OpenAPIHono<AppEnv> {
  const app = createRoutes();
  for (const asset of assets.values()) {
    app.get(asset.path, (c) => {
      const encoding = encodingFor(c.req.header("accept-encoding"));
      const etag = `"${asset.hash}${encoding === null ? "" : `-${encoding}`}"`;
      c.header("etag", etag);
      c.header("cache-control", asset.isImmutable ? IMMUTABLE_CACHE : ENTRY_CACHE);
      c.header("vary", "accept-encoding");
      c.header("access-control-allow-origin", "*");
      c.header("cross-origin-resource-policy", "cross-origin");
      c.header("timing-allow-origin", "*");
      c.header("x-content-type-options", "nosniff");
      if (isKnown(c.req.header("if-none-match"), etag)) return c.body(null, 304);
      if (encoding) c.header("content-encoding", encoding);
      const bytes = bytesOf(asset, encoding);
      c.header("content-type", "text/javascript; charset=utf-8");
      c.header("content-length", String(bytes.byteLength));
      return c.body(new Uint8Array(bytes));
    });
  }
  return app;
}
