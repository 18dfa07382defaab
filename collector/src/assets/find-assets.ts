import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** One file for browsers, compressed beforehand. */
export interface Asset {
  /** Its path, from the root of the server. */
  path: string;
  plain: Buffer;
  gzip: Buffer;
  brotli: Buffer;
  /** Of the plain bytes, base64url. */
  hash: string;
  /** Its name holds its hash, so it never changes. */
  isImmutable: boolean;
}

/** Files by path. */
export type Assets = ReadonlyMap<string, Asset>;

/** Works from `src/assets` and from `dist/assets` alike. */
const FOLDERS = ["sdk", "widget"].map((part) => ({
  part,
  url: new URL(`../../../${part}/dist/browser/`, import.meta.url),
}));

/** The files without which the script tag does nothing. */
const NEEDED = ["/telltale.js", "/telltale-widget.js"];

/** Rollup puts six or eight characters of a hash behind the name of a part. */
const HASHED = /-(?=[\w-]*[A-Z0-9])[\w-]{6,8}\.js$/;

function toAsset(name: string, plain: Buffer): Asset {
  return {
    path: `/${name}`,
    plain,
    gzip: gzipSync(plain, { level: 9 }),
    brotli: brotliCompressSync(plain, {
      params: {
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: plain.byteLength,
      },
    }),
    hash: createHash("sha256").update(plain).digest("base64url").slice(0, 22),
    isImmutable: HASHED.test(name),
  };
}

/**
 * Reads the browser bundles of the workspace, `sdk/dist/browser/*.js` and `widget/dist/browser/*.js`,
 * and compresses them once.
 *
 * @throws {Error} that says what to run, when they were not built
 */
export function findAssets(folders = FOLDERS): Assets {
  const assets = new Map<string, Asset>();
  for (const { part, url } of folders) {
    for (const name of filesIn(url, part)) {
      assets.set(`/${name}`, toAsset(name, readFileSync(new URL(name, url))));
    }
  }
  const missing = NEEDED.filter((path) => !assets.has(path));
  if (missing.length > 0) throw notBuilt(`${missing.join(" and ")} missing`);
  return assets;
}

function filesIn(url: URL, part: string): string[] {
  try {
    return readdirSync(url).filter((name) => name.endsWith(".js"));
  } catch (error) {
    throw notBuilt(`there is no ${part} in ${fileURLToPath(url)}`, error);
  }
}

function notBuilt(why: string, cause?: unknown): Error {
  return new Error(`The browser bundles are not built (${why}): run 'npm run build' first.`, {
    cause,
  });
}
