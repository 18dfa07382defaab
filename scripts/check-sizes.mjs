/** Compares the gzip sizes of what browsers download with their limits, and prints them. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { root } from "./workspace.mjs";

const KILOBYTE = 1_000;

function gzipBytes(folder, pattern) {
  const files = readdirSync(join(root, folder)).filter((file) => pattern.test(file));
  const bytes = files.map((file) => gzipSync(readFileSync(join(root, folder, file)), { level: 9 }));
  return bytes.reduce((sum, { length }) => sum + length, 0);
}

const sdk = "sdk/dist/browser";
const widget = "widget/dist/browser";
const limits = [
  ["SDK core", sdk, /^telltale\.js$/, 4 * KILOBYTE],
  ["SDK add-on pages", sdk, /^telltale-page\.js$/, 0.7 * KILOBYTE],
  ["SDK add-on friction", sdk, /^telltale-friction\.js$/, 0.9 * KILOBYTE],
  ["SDK loader of prompts", sdk, /^telltale-prompts\.js$/, 0.85 * KILOBYTE],
  ["SDK lease", sdk, /^telltale-lease\.js$/, 0.25 * KILOBYTE],
  ["SDK add-on vitals", sdk, /^telltale-vitals\.js$/, 3.2 * KILOBYTE],
  ["widget, one question", widget, /^telltale-widget\.js$/, 5 * KILOBYTE],
  ["widget, stars or thumbs", widget, /^telltale-widget(-drawn-.{6})?\.js$/, 5.65 * KILOBYTE],
  ["widget, a choice", widget, /^telltale-widget(-choice-.{6})?\.js$/, 5.8 * KILOBYTE],
  ["widget, a text", widget, /^telltale-widget(-typed-.{6})?\.js$/, 5.8 * KILOBYTE],
  [
    "widget, several options",
    widget,
    /^telltale-widget(-(choice|choice-field|typed)-.{6})?\.js$/,
    7 * KILOBYTE,
  ],
  [
    "widget, faces then a text",
    widget,
    /^telltale-widget(-(attend|typed)-.{6})?\.js$/,
    7.3 * KILOBYTE,
  ],
  ["widget, all its parts", widget, /^telltale-widget.*\.js$/, 12 * KILOBYTE],
];

let isOver = false;
for (const [name, folder, pattern, limit] of limits) {
  const bytes = gzipBytes(folder, pattern);
  const verdict = bytes === 0 ? "MISSING" : bytes > limit ? "TOO LARGE" : "ok";
  if (verdict !== "ok") isOver = true;
  console.log(`${name.padEnd(26)} ${String(bytes).padStart(6)} of ${limit} bytes gzip  ${verdict}`);
}
process.exit(isOver ? 1 : 0);
