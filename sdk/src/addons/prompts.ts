import type { PromptBridge, Prompts, PublicConfig, WakeRule } from "@telltale/protocol";
import { loadModule } from "../browser/load-module.ts";
import type { AddOnClient, AddOnKit, PromptLoader } from "../options.ts";

/** So many of the latest events are kept until the widget listens for itself. */
const MAX_SEEN = 100;

type StartPrompts = (bridge: PromptBridge) => Prompts;
type ShowButton = (label: string, onPressed: () => void) => () => void;

/**
 * Loads the survey widget when an event may have made a survey due, or one is asked for, and not a
 * byte of it before. The core loads this where there are surveys at all. Every failure means: no prompts.
 */
export function start(client: AddOnClient, kit: AddOnKit): PromptLoader {
  const { options, debug } = kit;
  const { host, writeKey, feedbackButton } = options;
  let rules: WakeRule[] | undefined;
  let settings: Promise<PublicConfig> | undefined;
  let widget: Promise<Prompts> | undefined;
  let isStopped = false;
  let hideButton = () => {};
  let seen = kit.seen ?? [];
  kit.seen = undefined;

  const onEvent: PromptBridge["onEvent"] = (listener) =>
    client.on("*", (properties, event) => listener(event, properties));
  const stopListening = onEvent((event, properties) => {
    seen = [...seen, [properties, event] as const].slice(-MAX_SEEN);
    look();
  });

  const readSettings = async () => {
    // The browser's cache keeps the answer and its ETag; a header of ours would cost a preflight.
    const response = await fetch(`${host}/v1/config?writeKey=${encodeURIComponent(writeKey)}`, {
      credentials: "omit",
    });
    if (!response.ok) throw new Error(`The collector answered ${response.status}`);
    return response.json();
  };

  const who = () => {
    const { anonymousId, userId, accountId, sessionId, person } = kit.visitor();
    const token = kit.tokens[person];
    return {
      anonymousId,
      sessionId,
      ...(userId && { userId }),
      ...(accountId && { accountId }),
      ...(token && { token }),
    };
  };

  const startWidget = async () => {
    settings ??= readSettings();
    const [config, { startPrompts }] = await Promise.all([
      settings,
      options.startPrompts ? { ...options } : loadModule(`${host}/telltale-widget.js`),
    ]);
    const { track } = client;
    const bridge = { host, writeKey, config, who, track, onEvent, debug };
    const prompts = (startPrompts as StartPrompts)(bridge);
    if (isStopped) prompts.stop();
    client.debug.prompts = prompts.decisions;
    // From now on the widget listens for itself.
    stopListening();
    for (const [properties, event] of seen) prompts.notify(event, properties);
    return prompts;
  };

  const ask = (request: (prompts: Prompts) => void) => {
    widget ??= startWidget();
    widget.then(request).catch(debug);
  };
  const feedback = () => ask((prompts) => prompts.feedback());

  const isDue = ([, event]: (typeof seen)[number]) =>
    rules?.some((rule) => event === rule.event && location.pathname.startsWith(rule.path ?? "")) ??
    false;
  const look = () => {
    if (!rules || widget) return;
    // What came before says nothing to the widget.
    while (seen[0] && !isDue(seen[0])) seen = seen.slice(1);
    if (seen[0]) ask(() => {});
  };

  const offerFeedback = async (label: string) => {
    settings ??= readSettings();
    if (!(await settings).hasFeedback) return;
    const { showFeedbackButton } = await loadModule(`${host}/telltale-widget-feedback-button.js`);
    if (!isStopped) hideButton = (showFeedbackButton as ShowButton)(label, feedback);
  };
  if (feedbackButton) offerFeedback(feedbackButton).catch(debug);

  return {
    wake(newest) {
      rules = newest;
      look();
    },
    survey: (survey) => ask((prompts) => prompts.survey(survey)),
    feedback,
    stop() {
      isStopped = true;
      stopListening();
      hideButton();
      widget?.then((prompts) => prompts.stop()).catch(debug);
    },
  };
}
