import { attempt } from "./browser/attempt.ts";
import { startClient } from "./client.ts";
import type { Client, Options } from "./options.ts";

/** What the page left in `window.telltale` before this file arrived. */
type Stub = Call[] & { options?: Partial<Options> };

type Call = [method: keyof Client, ...input: unknown[]] | ((client: Client) => void);

type Page = { telltale?: Stub | Client };

const page = window as unknown as Page;

/** The settings of the script tag, over what the page put in `telltale.options`. */
function readOptions(script: HTMLScriptElement, stub: Stub): Options {
  return {
    host: script.src.split("?")[0]!.split("/").slice(0, -1).join("/"),
    ...stub.options,
    ...(script.dataset as { writeKey: string }),
  };
}

/**
 * Makes the calls that came before the client: `[method, …arguments]`, or a function of it. One that
 * fails takes no other with it.
 */
function replay(client: Client, calls: Call[]): void {
  for (const call of calls) {
    attempt(() =>
      typeof call === "function"
        ? call(client)
        : (client[call[0]] as (...input: unknown[]) => void)(...call.slice(1)),
    );
  }
}

const script = document.currentScript as HTMLScriptElement;

// Without a usable script tag there is nothing to measure, and nothing to break.
const start = () =>
  attempt(() => {
    const stub = page.telltale ?? [];
    // A second tag on the page finds the client of the first.
    if (!Array.isArray(stub)) return;
    const client = startClient(readOptions(script, stub));
    page.telltale = Object.assign(client, {
      push: (...calls: Call[]) => replay(client, calls),
    });
    replay(client, stub);
  });

// A page that is only prepared has no visitor yet.
if ((document as { prerendering?: boolean }).prerendering) {
  document.addEventListener("prerenderingchange", start);
} else start();
