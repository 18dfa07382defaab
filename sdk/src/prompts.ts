import type { Json, PromptBridge, Prompts, PublicConfig } from "@telltale/protocol";
import { loadModule } from "./browser/load-module.ts";

type Properties = { [key: string]: Json };
type StartPrompts = (bridge: PromptBridge) => Prompts;

/** Loads the survey widget when a prompt may be due, and not a byte of it before. */
export interface PromptLoader {
  /** Looks at an event; it may wake the widget. */
  look(event: string, properties: Properties): void;
  /** Loads the widget and asks something of it. */
  ask(request: (prompts: Prompts) => void): void;
  stop(): void;
}

/** What the widget gets, but for the settings. */
export type PromptLoaderParts = Omit<PromptBridge, "config">;

/** Fetches the public settings when the page is idle. Every failure means: no prompts. */
export function createPromptLoader(parts: PromptLoaderParts): PromptLoader {
  const { host, writeKey, debug } = parts;
  let widget: Promise<Prompts> | undefined;
  let isStarted = false;
  // The browser's cache keeps the answer and its ETag; a header of our own would cost a preflight.
  const settings: Promise<PublicConfig> = new Promise((resolve) =>
    (globalThis.requestIdleCallback ?? setTimeout)(resolve),
  )
    .then(() => fetch(`${host}/v1/config?writeKey=${writeKey}`, { credentials: "omit" }))
    .then((response) => response.json());

  const ask = (request: (prompts: Prompts) => void) => {
    widget ??= Promise.all([settings, loadModule(`${host}/telltale-widget.js`)]).then(
      ([config, { startPrompts }]) => {
        isStarted = true;
        return (startPrompts as StartPrompts)({ ...parts, config });
      },
    );
    widget.then(request).catch(debug);
  };

  return {
    look(event, properties) {
      // Once started, the widget listens for itself.
      if (isStarted) return;
      const path = location.pathname;
      settings
        .then(({ wake }) => {
          if (
            widget ||
            wake.some((rule) => rule.event === event && path.startsWith(rule.path ?? ""))
          ) {
            ask((prompts) => prompts.notify(event, properties));
          }
        })
        .catch(debug);
    },
    ask,
    stop() {
      widget?.then((prompts) => prompts.stop()).catch(debug);
      widget = undefined;
      isStarted = false;
    },
  };
}
