/** The trackers under test: how each is bundled, started and called, as its documentation says. */

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import resolve from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
import { minify } from "terser";

const here = import.meta.dirname;
const sdk = join(here, "../../sdk/dist/browser");
const vendored = (path) => readFileSync(join(here, "node_modules", path), "utf8");
/** As a bundler of an app does it: without the constant, one of them fails before it sends. */
const compress = { passes: 2, global_defs: { "process.env.NODE_ENV": "production" } };
const minified = async (code) => (await minify(code, { ecma: 2020, compress })).code;

/** One script of a tracker that comes as a module, put under one global. */
async function bundle(statement) {
  const entry = "\0entry";
  const build = await rollup({
    input: entry,
    onwarn() {},
    // Parts that are only loaded when they are needed are no part of the start.
    external: (id, importer) => importer !== entry && /replay/.test(id),
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? statement : null),
      },
      resolve({ browser: true, rootDir: here, modulePaths: [join(here, "node_modules")] }),
    ],
  });
  const { output } = await build.generate({ format: "iife", inlineDynamicImports: true });
  return minified(output[0].code);
}

/** Umami publishes its tracker as source, inside the package of the whole product. */
async function umami() {
  const cache = join(here, "node_modules/.umami");
  mkdirSync(cache, { recursive: true });
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const name = execFileSync(npm, ["pack", "--silent", "umami@2.10.0"], { cwd: cache }).toString();
  execFileSync("tar", ["xzf", name.trim().split("\n").at(-1), "package/src/tracker/index.js"], {
    cwd: cache,
  });
  return minified(readFileSync(join(cache, "package/src/tracker/index.js"), "utf8"));
}

/**
 * Every tracker. `origin` is where the collector is.
 *
 * - `code`: what the page loads; `more`: files that it may load later, by path
 * - `attributes`: of its script tag
 * - `start`: what the page runs once the script is there; it includes one page view
 * - `track`: the body of a function of `name` and `props`
 */
export async function createTrackers(origin) {
  return [
    {
      name: "Telltale",
      code: readFileSync(join(sdk, "telltale.js"), "utf8"),
      more: { "/telltale-prompts.js": readFileSync(join(sdk, "telltale-prompts.js"), "utf8") },
      attributes: 'data-write-key="wk_bench"',
      start: "telltale.page()",
      track: "telltale.track(name, props)",
    },
    {
      name: "bare prototype",
      code: await minified(readFileSync(join(here, "prototype.js"), "utf8")),
      attributes: 'data-write-key="wk_bench"',
      start: "",
      track: "prototype_.track(name, props)",
    },
    {
      name: "Umami 2.10",
      code: await umami(),
      attributes: 'data-website-id="8a4e7a5c-0b5e-4c39-9a5c-bb6a0a6d2f10"',
      start: "",
      track: "umami.track(name, props)",
    },
    {
      name: "Plausible 0.4",
      code: await bundle(
        `import { init, track } from "@plausible-analytics/tracker"; window.plausible_ = { init, track };`,
      ),
      start: `plausible_.init({ domain: "bench.test", endpoint: "${origin}/api/event", captureOnLocalhost: true })`,
      track: "plausible_.track(name, { props })",
    },
    {
      name: "OpenPanel 1.4",
      code: await bundle(
        `import { OpenPanel } from "@openpanel/web"; window.OpenPanel_ = OpenPanel;`,
      ),
      start: `window.op = new OpenPanel_({ clientId: "bench", apiUrl: "${origin}", trackScreenViews: true })`,
      track: "op.track(name, props)",
    },
    {
      name: "Aptabase 0.5",
      code: await bundle(
        `import { init, trackEvent } from "@aptabase/web"; window.aptabase_ = { init, trackEvent };`,
      ),
      start: `aptabase_.init("A-SH-0000000000", { host: "${origin}" }); aptabase_.trackEvent("page")`,
      track: "aptabase_.trackEvent(name, props)",
    },
    {
      name: "Snowplow 4.10",
      code: await bundle(
        `import * as snowplow from "@snowplow/browser-tracker"; window.snowplow_ = snowplow;`,
      ),
      start: `snowplow_.newTracker("sp", "${origin}", { appId: "bench" }); snowplow_.trackPageView()`,
      track: `snowplow_.trackSelfDescribingEvent({ event: { schema: "iglu:bench/event/jsonschema/1-0-0", data: { name, ...props } } })`,
    },
    {
      name: "Segment 1.84",
      code: vendored("@segment/analytics-next/dist/umd/index.js"),
      start: `window.seg = AnalyticsNext.AnalyticsBrowser.load({ writeKey: "bench", cdnURL: "${origin}",
        cdnSettings: { integrations: { "Segment.io": { apiKey: "bench", apiHost: "${origin.slice(7)}/v1", protocol: "http" } } } }); seg.page()`,
      track: "seg.track(name, props)",
    },
    {
      name: "PostHog 1.449",
      code: await bundle(`import posthog from "posthog-js"; window.posthog_ = posthog;`),
      start: `posthog_.init("phc_bench", { api_host: "${origin}", opt_out_useragent_filter: true })`,
      track: "posthog_.capture(name, props)",
    },
  ];
}
