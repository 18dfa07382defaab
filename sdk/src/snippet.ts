import { startClient } from "./client.ts";
import type { Client, Options, Properties, Task } from "./options.ts";

/** What the page left in `window.telltale` before this file arrived. */
type Stub = unknown[][] & { options?: Partial<Options> };

type Page = { telltale?: Stub | Client };

const page = window as unknown as Page;

/** The settings of the script tag, over what the page put in `telltale.options`. */
function readOptions(script: HTMLScriptElement, stub: Stub): Options {
  const { debug, ...settings } = script.dataset as { debug?: string; writeKey: string };
  return {
    host: new URL(".", script.src).href.slice(0, -1),
    ...stub.options,
    ...settings,
    debug: debug !== undefined,
  };
}

/** Makes the calls that came before the client. A task of the stub ends by its key. */
function replay(client: Client, calls: unknown[][]): void {
  const tasks: { [task: string]: Task } = {};
  for (const [method, ...input] of calls) {
    if (method === "complete" || method === "fail")
      tasks[input[0] as string]?.[method](input[1] as Properties);
    else {
      const call = client[method as keyof Client] as (...input: unknown[]) => unknown;
      const result = call?.(...input);
      if (method === "task") tasks[input[0] as string] = result as Task;
    }
  }
}

const script = (document.currentScript ??
  document.querySelector("script[data-write-key]")) as HTMLScriptElement;

function start(): void {
  const stub = page.telltale ?? [];
  // A second tag on the page finds the client of the first.
  if (!Array.isArray(stub)) return;
  const client = startClient(readOptions(script, stub));
  page.telltale = Object.assign(client, {
    push: (...calls: unknown[][]) => replay(client, calls),
  });
  replay(client, stub);
}

try {
  if ((document as { prerendering?: boolean }).prerendering) {
    document.addEventListener("prerenderingchange", start, { once: true });
  } else start();
} catch {
  // Without a usable script tag there is nothing to measure, and nothing to break.
}
