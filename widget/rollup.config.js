import { rmSync } from "node:fs";
import resolve from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import dts from "rollup-plugin-dts";

const modules = "dist/modules";

/** Chunks carry a hash in their name, so those of an older build must not stay behind. */
const clean = (dir) => ({
  name: "clean",
  buildStart: () => rmSync(dir, { recursive: true, force: true }),
});

/** Takes the blanks out of the style sheets, which the minifier of scripts leaves alone. */
const squeezeStyles = {
  name: "squeeze-styles",
  transform(code, id) {
    if (!id.endsWith("styles.js")) return null;
    const squeeze = (css) =>
      css
        .replace(/\s+/g, " ")
        .replace(/ ?([{};,>]) ?/g, "$1")
        .replace(/: /g, ":")
        .replace(/;\}/g, "}")
        .replace(/ !/g, "!")
        .replace(/` | `/g, "`");
    return { code: code.replace(/`[^`]*`/g, squeeze), map: null };
  },
};

const minify = terser({
  ecma: 2022,
  module: true,
  compress: {
    passes: 5,
    unsafe: true,
    unsafe_arrows: true,
    unsafe_methods: true,
    pure_getters: true,
    inline: 2,
    hoist_funs: true,
  },
  // Names of our own parts that only the entry says.
  mangle: { properties: { regex: /^(leave|postpone)$/ } },
});
/** One word for all variables is shorter, and packs better. */
const declareWithLet = {
  name: "declare-with-let",
  renderChunk: (code) => code.replaceAll(/\bconst /g, "let "),
};
/** For the script tag: one file that shows a question with faces, and parts that load on demand. */
const browser = {
  input: { "telltale-widget": `${modules}/browser.js` },
  preserveEntrySignatures: "allow-extension",
  output: {
    dir: "dist/browser",
    format: "es",
    entryFileNames: "[name].js",
    chunkFileNames: "telltale-widget-[name]-[hash:6].js",
    plugins: [declareWithLet, minify],
  },
  plugins: [clean("dist/browser"), resolve(), squeezeStyles],
};

/** The button that offers the feedback survey: it stands on a page without the rest. */
const feedbackButton = {
  input: `${modules}/view/feedback-button.js`,
  output: {
    file: "dist/browser/telltale-widget-feedback-button.js",
    format: "es",
    plugins: [minify],
  },
  plugins: [resolve(), squeezeStyles],
};

/** For bundlers: readable modules, and one file of types. */
const npm = [
  {
    input: `${modules}/index.js`,
    output: { dir: "dist", format: "es", chunkFileNames: "chunks/[name].js" },
    plugins: [clean("dist/chunks"), resolve(), squeezeStyles],
  },
  {
    input: `${modules}/index.d.ts`,
    output: { file: "dist/index.d.ts", format: "es" },
    plugins: [
      resolve({ exportConditions: ["types"], extensions: [".d.ts"] }),
      dts({ includeExternal: ["@telltale/protocol"] }),
    ],
  },
];

export default [browser, feedbackButton, ...npm];
