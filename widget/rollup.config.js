import resolve from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";

/** Takes the blanks out of the style sheets, which the minifier of scripts leaves alone. */
const minifyStyles = {
  name: "minify-styles",
  transform(code, id) {
    if (!id.includes("styles")) return null;
    const squeeze = (css) =>
      css
        .replace(/\s+/g, " ")
        .replace(/ ?([{};,]) ?/g, "$1")
        .replace(/: /g, ":");
    return { code: code.replace(/`[^`]*`/g, squeeze), map: null };
  },
};

export default {
  input: { "telltale-widget": "dist/prompts.js" },
  output: {
    dir: "dist/browser",
    format: "es",
    entryFileNames: "[name].js",
    chunkFileNames: "telltale-widget-[name]-[hash].js",
    hoistTransitiveImports: false,
  },
  plugins: [
    resolve(),
    minifyStyles,
    terser({
      ecma: 2022,
      module: true,
      compress: { passes: 3, unsafe_arrows: true },
      mangle: true,
    }),
  ],
};
