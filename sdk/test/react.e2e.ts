import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { context, shareStage, stage } from "./share-stage.ts";
import { until } from "./stage.ts";

shareStage();

/** React's own modules, for a browser: each as a function of `module`, `exports` and `require`. */
async function bundleReact(): Promise<string> {
  const require = createRequire(new URL("../package.json", import.meta.url));
  const inDom = createRequire(require.resolve("react-dom/package.json"));
  const files = {
    react: new URL("./cjs/react.development.js", `file://${require.resolve("react")}`),
    scheduler: new URL("./cjs/scheduler.development.js", `file://${inDom.resolve("scheduler")}`),
    "react-dom": new URL(
      "./cjs/react-dom.development.js",
      `file://${require.resolve("react-dom")}`,
    ),
    "react-dom/client": new URL(
      "./cjs/react-dom-client.development.js",
      `file://${require.resolve("react-dom")}`,
    ),
  };
  const bodies = await Promise.all(
    Object.entries(files).map(
      async ([name, file]) =>
        `${JSON.stringify(name)}(module, exports, require) {${await readFile(file, "utf8")}\n}`,
    ),
  );
  return `const process = { env: { NODE_ENV: "development" } };
    const bodies = { ${bodies.join(",\n")} }, loaded = {};
    const require = (name) => {
      if (!loaded[name]) {
        const module = (loaded[name] = { exports: {} });
        bodies[name](module, module.exports, require);
      }
      return loaded[name].exports;
    };
    const React = require("react");
    export const { createContext, createElement, StrictMode, useCallback, useContext, useEffect, useState } = React;
    export const { createRoot } = require("react-dom/client");`;
}

it("tells frameworks with server components that it belongs to the browser", async () => {
  const react = await readFile(new URL("../dist/react.js", import.meta.url), "utf8");
  expect(react.split("\n", 1)).toEqual(['"use client";']);
});

it("counts once under React StrictMode", async () => {
  const dist = new URL("../dist/", import.meta.url);
  stage.files.set("/vendor-react.js", await bundleReact());
  const react = await readFile(new URL("react.js", dist), "utf8");
  stage.files.set("/sdk/react.js", react);
  for (const [, chunk] of react.matchAll(/["']\.\/(chunks\/[^"']+)["']/g)) {
    stage.files.set(`/sdk/${chunk}`, await readFile(new URL(chunk!, dist), "utf8"));
  }
  stage.files.set(
    "/app.js",
    `import { createElement as h, createRoot, StrictMode, useEffect } from "react";
     import { TelltaleProvider, useFeature, useTelltale } from "@telltale/sdk/react";
     function Export() {
       const telltale = useTelltale();
       const use = useFeature("export");
       useEffect(() => telltale.identify("u1"), [telltale]);
       return h("button", { onClick: () => use() }, "Export");
     }
     const options = { writeKey: "wk_react", host: "${stage.collector}", flushIntervalMs: 50 };
     createRoot(document.querySelector("main")).render(
       h(StrictMode, null, h(TelltaleProvider, { options }, h(Export), h(Export))));`,
  );
  stage.reset({
    head: `<script type="importmap">{"imports":{"react":"/vendor-react.js","@telltale/sdk/react":"/sdk/react.js"}}</script>
      <script type="module" src="/app.js"></script>`,
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(stage.url());
  await page.getByRole("button").first().click();
  const named = () =>
    stage
      .events()
      .filter(({ type }) => type !== "page")
      .map(({ type, properties }) => properties?.stage ?? type);
  await until(() => named().includes("tried"));
  console.log(`StrictMode: ${named().join(" ")}`);
  expect(errors).toEqual([]);
  expect(named()).toEqual(["seen", "identify", "tried"]);
});
