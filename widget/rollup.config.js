import { rmSync } from "node:fs";
import resolve from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";

const dir = "dist/browser";

/** Chunks carry a hash in their name, so those of an older build must not stay behind. */
const clean = { name: "clean", buildStart: () => rmSync(dir, { recursive: true, force: true }) };

/** Takes the blanks out of the style sheets, which the minifier of scripts leaves alone. */
const minifyStyles = {
  name: "minify-styles",
  transform(code, id) {
    if (!id.endsWith("styles.js")) return null;
    const squeeze = (css) =>
      css
        .replace(/\s+/g, " ")
        .replace(/ ?([{};,>]) ?/g, "$1")
        .replace(/: /g, ":")
        .replace(/ !/g, "!")
        .replace(/` | `/g, "`")
        .replace(/;\}/g, "}");
    return { code: code.replace(/`[^`]*`/g, squeeze), map: null };
  },
};

export default {
  input: { "telltale-widget": "dist/browser.js" },
  preserveEntrySignatures: "allow-extension",
  output: {
    dir,
    format: "es",
    entryFileNames: "[name].js",
    chunkFileNames: "telltale-widget-[name]-[hash:6].js",
  },
  plugins: [
    clean,
    resolve(),
    minifyStyles,
    terser({
      ecma: 2022,
      module: true,
      compress: { passes: 5, unsafe: true, unsafe_arrows: true, pure_getters: true },
    }),
  ],
};
