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

/** What the loader needs. */
export interface PromptLoaderParts {
  host: string;
  writeKey: string;
  bridge: Omit<PromptBridge, "host" | "writeKey" | "config">;
}

/** Fetches the public settings when the page is idle. Every failure means: no prompts. */
export function createPromptLoader({ host, writeKey, bridge }: PromptLoaderParts): PromptLoader {
  const nothing: PublicConfig = { wake: [], surveys: [], hasFeedback: false };
  let widget: Promise<Prompts> | undefined;
  let config: PublicConfig | undefined;
  let isStarted = false;
  // The browser's own cache keeps the answer and its ETag: asking with a header of our own would
  // cost a preflight.
  const settings = new Promise((resolve) => {
    (globalThis.requestIdleCallback ?? setTimeout)(resolve);
  })
    .then(() =>
      fetch(`${host}/v1/config?writeKey=${encodeURIComponent(writeKey)}`, { credentials: "omit" }),
    )
    .then((response) => (response.ok ? response.json() : nothing))
    .catch(() => nothing)
    .then((answer: PublicConfig) => {
      config = answer;
      return answer;
    });

  const load = (config: PublicConfig): Promise<Prompts> => {
    widget ??= loadModule(`${host}/telltale-widget.js`).then(({ startPrompts }) => {
      isStarted = true;
      return (startPrompts as StartPrompts)({ ...bridge, host, writeKey, config });
    });
    return widget;
  };

  return {
    look(event, properties) {
      // Once started, the widget listens for itself.
      if (isStarted || (config && !config.wake[0])) return;
      const path = location.pathname;
      settings
        .then(async (config) => {
          const isWoken = config.wake.some(
            (rule) => rule.event === event && path.startsWith(rule.path ?? ""),
          );
          if (widget || isWoken) (await load(config)).notify(event, properties);
        })
        .catch(bridge.debug);
    },
    ask(request) {
      settings.then(load).then(request).catch(bridge.debug);
    },
    stop() {
      widget?.then((prompts) => prompts.stop()).catch(bridge.debug);
      widget = undefined;
      isStarted = false;
    },
  };
}
