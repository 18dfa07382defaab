import { readFile } from "node:fs/promises";

const TYPES = {
  "panel.css": "text/css; charset=utf-8",
  "panel-views.css": "text/css; charset=utf-8",
  "panel.js": "text/javascript; charset=utf-8",
  "panel-views.js": "text/javascript; charset=utf-8",
  "mark.svg": "image/svg+xml",
} as const;

/** A file that the shell page loads. */
export type ShellFileName = keyof typeof TYPES;

export const SHELL_FILES = Object.keys(TYPES) as ShellFileName[];

/** Reads a file of the shell from the package's `assets` folder. */
export async function readShellFile(name: ShellFileName): Promise<{ type: string; text: string }> {
  const text = await readFile(new URL(`../../assets/demo/${name}`, import.meta.url), "utf8");
  return { type: TYPES[name], text };
}
