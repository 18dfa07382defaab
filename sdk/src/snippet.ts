import { startClient } from "./client.ts";
import type { AddOn, Client, Consent, Options, Task } from "./options.ts";

/** What the page left in `window.telltale` before this file arrived. */
type Stub = unknown[][] & { options?: Partial<Options> };

type Page = { telltale?: Stub | Client };

const page = window as unknown as Page;

/** Reads the settings of the script tag; what the page put in `telltale.options` comes second. */
function readOptions(script: HTMLScriptElement | SVGScriptElement | null, stub: Stub): Options {
  const { dataset, src } = script as HTMLScriptElement;
  const { auto, debug, waitForIdentity, allowedTraits, ...texts } = dataset;
  const split = (text: string) => text.split(/[\s,]+/);
  return {
    host: new URL(".", src).href.slice(0, -1),
    ...stub.options,
    ...(texts as { writeKey: string; consent?: Consent }),
    ...(auto && { auto: split(auto) as AddOn[] }),
    ...(allowedTraits && { allowedTraits: split(allowedTraits) }),
    ...(waitForIdentity && { waitForIdentityMs: Number(waitForIdentity) }),
    ...(debug !== undefined && { debug: true }),
  };
}

/** Makes the calls that came before the client. A task of the stub ends by its key. */
function replay(client: Client, calls: unknown[][]): void {
  const tasks: { [task: string]: Task } = {};
  for (const [method, ...input] of calls) {
    if (method === "complete" || method === "fail") tasks[input[0] as string]?.[method]();
    else {
      const call = client[method as keyof Client] as (...input: unknown[]) => unknown;
      const result = call?.(...input);
      if (method === "task") tasks[input[0] as string] = result as Task;
    }
  }
}

const script =
  document.currentScript ?? document.querySelector<HTMLScriptElement>("script[data-write-key]");

function start(): void {
  const stub = page.telltale ?? [];
  // A second tag on the page finds the client of the first.
  if (!Array.isArray(stub)) return;
  const client = startClient(readOptions(script, stub as Stub));
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
