/**
 * Explains decisions in the console, where the page asked for it.
 *
 * @returns writes a line; does nothing without `debug`
 */
export function createDebug({ debug }: { debug?: boolean | "" }): (...line: unknown[]) => void {
  // `data-debug` alone is an empty text.
  if (!debug && debug !== "") return () => {};
  // biome-ignore lint/suspicious/noConsole: the console is what `debug` promises, and only then
  return console.debug.bind(console, "[telltale]");
}
