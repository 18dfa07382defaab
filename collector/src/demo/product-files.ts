import { readFile } from "node:fs/promises";

/** One file of the demo product. */
export interface ProductFile {
  type: string;
  text: string;
}

const TYPES: { [ending: string]: string } = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/** The demo product: `examples/script-tag` of the checkout, as its visitors get it. */
export interface ProductFiles {
  /** @returns null when there is no such file */
  find(name: string): Promise<ProductFile | null>;
}

/** `src` and `dist` lie equally deep. */
const folder = new URL("../../../examples/script-tag/", import.meta.url);

/**
 * @param writeKey - filled into the page, as a customer pastes it
 */
export function createProductFiles(writeKey: string): ProductFiles {
  return {
    async find(name) {
      const ending = /^[\w-]+\.(css|js|svg)$/.exec(name)?.[1];
      if (ending === undefined && name.includes(".")) return null;
      // Every other path is a page of the app, which finds its way by itself.
      const text = await readFile(new URL(ending ? name : "index.html", folder), "utf8").catch(
        () => null,
      );
      if (text === null) return null;
      if (ending) return { type: TYPES[ending] as string, text };
      return {
        type: "text/html; charset=utf-8",
        text: text.replace("%COLLECTOR%", "").replace("%WRITE_KEY%", writeKey),
      };
    },
  };
}
