import type { PromptBridge, Prompts, PublicConfig } from "@telltale/protocol";
import { loadModule } from "../browser/load-module.ts";
import type { AddOnClient, AddOnKit, PromptLoader } from "../options.ts";

type StartPrompts = (bridge: PromptBridge) => Prompts;
type ShowButton = (label: string, onPressed: () => void) => () => void;
type Properties = Parameters<Prompts["notify"]>[1];

/**
 * Loads the survey widget when an event may make a prompt due, or a survey is asked for, and not a
 * byte of it before. Every failure means: no prompts.
 */
export function start(client: AddOnClient, kit: AddOnKit): PromptLoader {
  const { host, writeKey, options, debug } = kit;
  const { feedbackButton } = options;
  let widget: Promise<Prompts> | undefined;
  let decisions: Prompts["decisions"] = () => [];
  let isStarted = false;
  let isWakeable = true;
  // The browser's cache keeps the answer and its ETag; a header of ours would cost a preflight.
  const settings: Promise<PublicConfig> = fetch(
    `${host}/v1/config?writeKey=${encodeURIComponent(writeKey)}`,
    { credentials: "omit" },
  ).then((response) => {
    if (!response.ok) throw new Error(`The collector answered ${response.status}`);
    return response.json();
  });

  const who = () => {
    const { anonymousId, userId, accountId, sessionId, token } = kit.who();
    return {
      anonymousId,
      sessionId,
      ...(userId && { userId }),
      ...(accountId && { accountId }),
      ...(token && { token }),
    };
  };
  const onEvent: PromptBridge["onEvent"] = (listener) =>
    client.on("*", (properties, event) => listener(event, properties));

  const ask = (request: (prompts: Prompts) => void) => {
    widget ??= Promise.all([
      settings,
      options.startPrompts ? { ...options } : loadModule(`${host}/telltale-widget.js`),
    ]).then(([config, { startPrompts }]) => {
      isStarted = true;
      const { track } = client;
      const started = (startPrompts as StartPrompts)({
        host,
        writeKey,
        config,
        who,
        track,
        onEvent,
        debug,
      });
      decisions = started.decisions;
      return started;
    });
    widget.then(request).catch(debug);
  };

  const look = (event: string, properties: Properties) => {
    // Once started, the widget listens for itself.
    if (isStarted || !isWakeable) return;
    const path = location.pathname;
    settings
      .then(({ wake }) => {
        const isWaking = wake.some(
          (rule) => rule.event === event && path.startsWith(rule.path ?? ""),
        );
        isWakeable = widget !== undefined || wake.length > 0;
        if (!isStarted && (widget || isWaking)) ask((prompts) => prompts.notify(event, properties));
      })
      .catch(debug);
  };

  for (const [properties, event] of kit.seen ?? []) look(event, properties);
  onEvent(look);
  client.debug = { prompts: () => decisions() };
  const openFeedback = () => ask((prompts) => prompts.feedback());
  let hideButton = () => {};
  if (feedbackButton) {
    settings
      .then(({ hasFeedback }) =>
        hasFeedback ? loadModule(`${host}/telltale-widget-feedback-button.js`) : undefined,
      )
      .then((loaded) => {
        if (loaded)
          hideButton = (loaded.showFeedbackButton as ShowButton)(feedbackButton, openFeedback);
      })
      .catch(debug);
  }

  return {
    survey: (survey) => ask((prompts) => prompts.survey(survey)),
    feedback: openFeedback,
    stop() {
      hideButton();
      widget?.then((prompts) => prompts.stop()).catch(debug);
      widget = undefined;
      isStarted = false;
    },
  };
}
