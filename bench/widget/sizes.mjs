import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

const FOLDER = new URL("../../widget/dist/browser/", import.meta.url);

/** What each state needs beside the entry, by the names of the parts. */
const STATES = [
  ["faces, numbers or NPS, shown", []],
  ["the same in an own accent colour", ["contrast"]],
  ["… turned to, answered, thanked", ["attend"]],
  ["stars or thumbs", ["drawn"]],
  ["thumbs beside an element", ["drawn", "beside"]],
  ["one of some options", ["choice"]],
  ["several options, or “other”", ["choice", "choice-field", "typed"]],
  ["a text or a link", ["typed"]],
  ["faces, then text and thanks", ["attend", "typed"]],
  ["rules beyond an event's name", ["rules"]],
  [
    "everything but the feedback button",
    ["attend", "contrast", "drawn", "beside", "choice", "choice-field", "typed", "rules"],
  ],
];

function bytesOf(file) {
  const text = readFileSync(new URL(file, FOLDER));
  return { gzip: gzipSync(text, { level: 9 }).length, brotli: brotliCompressSync(text).length };
}

/** Prints what a browser downloads for each state, each file compressed by itself. */
export function printSizes() {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".js"));
  const fileOf = (part) =>
    files.find((file) => file.replace(/-[\w-]{6}\.js$/, "") === `telltale-widget-${part}`);
  console.log("bytes to download for                gzip   brotli");
  for (const [state, parts] of STATES) {
    const sizes = ["telltale-widget.js", ...parts.map(fileOf)].map(bytesOf);
    const sum = (kind) => sizes.reduce((total, size) => total + size[kind], 0);
    console.log(
      `${state.padEnd(34)} ${String(sum("gzip")).padStart(7)} ${String(sum("brotli")).padStart(8)}`,
    );
  }
  const button = bytesOf("telltale-widget-feedback-button.js");
  console.log(
    `${"the feedback button, alone".padEnd(34)} ${String(button.gzip).padStart(7)} ${String(button.brotli).padStart(8)}`,
  );
  const floor = readFileSync(new URL("floor.js", import.meta.url));
  console.log(
    `${"the floor, not minified".padEnd(34)} ${String(gzipSync(floor).length).padStart(7)}`,
  );
}
