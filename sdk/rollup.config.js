import resolve from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
import dts from "rollup-plugin-dts";

/** Names of our own parts that never leave the bundle; everything else keeps its name. */
const internalNames =
  /^(createId|drop|events|hasMore|hear|letGo|load|persist|prefix|queue|record|retryAfterMs|schedule|settle|store|take|tell|texts|visitors|whose|wipe|writeAll|writeDown)$/;
const minify = terser({
  ecma: 2022,
  module: true,
  compress: {
    passes: 6,
    unsafe: true,
    unsafe_arrows: true,
    pure_getters: true,
    inline: 0,
    hoist_funs: true,
    comparisons: false,
    keep_fargs: false,
    booleans_as_integers: true,
  },
  mangle: { properties: { regex: internalNames, builtins: true } },
});
const inlineProtocol = [
  resolve(),
  {
    // The compiler guards `import(url)` against relative `.ts` addresses; ours are whole URLs.
    name: "plain-import",
    transform: (code) => code.replaceAll("__rewriteRelativeImportExtension(", "("),
  },
];
const inlineTypes = resolve({ exportConditions: ["types"], extensions: [".d.ts"] });
const modules = "dist/modules";
/**
 * Has Chromium compile the whole file at once: by default it reads each function twice, which cost
 * more main-thread time than all that they do. Only for the core, where almost all is called.
 */
const compileEagerly = {
  name: "compile-eagerly",
  renderChunk: (code) => `//# allFunctionsCalledOnLoad\n${code}`,
};

/** One word for all variables is shorter, and packs better. */
const declareWithLet = {
  name: "declare-with-let",
  renderChunk: (code) => code.replaceAll(/\bconst /g, "let "),
};

/** For the script tag: the core, and one module for each add-on, loaded when it is named. */
const browser = [
  {
    input: `${modules}/snippet.js`,
    output: {
      file: "dist/browser/telltale.js",
      format: "iife",
      plugins: [declareWithLet, minify, compileEagerly],
    },
    plugins: [inlineProtocol],
  },
  ...["page", "friction", "vitals", "prompts", "lease"].map((name) => ({
    input: `${modules}/addons/${name.replace("page", "pages")}.js`,
    output: { file: `dist/browser/telltale-${name}.js`, format: "es", plugins: [minify] },
    plugins: [inlineProtocol],
  })),
];

const entries = {
  react: `${modules}/react.js`,
  index: `${modules}/index.js`,
  pages: `${modules}/addons/pages.js`,
  friction: `${modules}/addons/friction.js`,
  vitals: `${modules}/addons/vitals.js`,
};

/** For bundlers: modules that share their parts, and one file of types an entry. */
const npm = [
  {
    input: entries,
    external: ["react"],
    output: {
      dir: "dist",
      format: "es",
      chunkFileNames: "chunks/[name].js",
      // Server components may render it, and must not run it.
      banner: ({ name }) => (name === "react" ? '"use client";' : ""),
    },
    plugins: [inlineProtocol],
  },
  ...Object.entries(entries).map(([name, file]) => ({
    input: file.replace(/\.js$/, ".d.ts"),
    external: ["react"],
    output: { file: `dist/${name}.d.ts`, format: "es" },
    plugins: [inlineTypes, dts({ includeExternal: ["@telltale/protocol"] })],
  })),
];

export default [...browser, ...npm];
