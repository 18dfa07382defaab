import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";

const FOLDER = new URL("../../assets/dashboard/", import.meta.url);

/** A file that browsers may keep for good: its name changes with its content. */
export interface Asset {
  path: string;
  type: string;
  body: string;
}

/** The dashboard's own files, read once. */
export interface Assets {
  style: Asset;
  /** The island modules by name. */
  islands: ReadonlyMap<string, Asset>;
  find(path: string): Asset | null;
}

function toAsset(name: string, extension: "css" | "js", body: string): Asset {
  const hash = createHash("sha256").update(body).digest("base64url").slice(0, 10);
  return {
    path: `/dashboard/assets/${name}.${hash}.${extension}`,
    type: extension === "css" ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8",
    body,
  };
}

function readFolder(name: string): { name: string; text: string }[] {
  const folder = new URL(`${name}/`, FOLDER);
  return readdirSync(folder)
    .sort()
    .map((file) => ({ name: file, text: readFileSync(new URL(file, folder), "utf8") }));
}

/** Comments and indentation are for the reader of the source. */
function shorten(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\n\s*/g, "\n")
    .replace(/\n{2,}/g, "\n");
}

/** Reads all style sheets into one asset, and each island into its own. */
export function readAssets(): Assets {
  const style = toAsset(
    "telltale",
    "css",
    readFolder("styles")
      .map(({ text }) => shorten(text))
      .join(""),
  );
  const islands = new Map(
    readFolder("islands").map(({ name, text }) => {
      const key = name.replace(/\.js$/, "");
      return [key, toAsset(key, "js", text)] as const;
    }),
  );
  const byPath = new Map([style, ...islands.values()].map((asset) => [asset.path, asset]));
  return { style, islands, find: (path) => byPath.get(path) ?? null };
}
