/**
 * Explains decisions in the console, where the page asked for it.
 *
 * @returns writes a line; does nothing without `debug`
 */
export function createDebug({ debug }: { debug?: boolean | string }): (...line: unknown[]) => void {
  // As attributes say it: alone it is an empty text, and "false" is a text as well.
  if (`${debug ?? "false"}` === "false") return () => {};
  // biome-ignore lint/suspicious/noConsole: the console is what `debug` promises, and only then
  return console.debug.bind(console, "[telltale]");
}
