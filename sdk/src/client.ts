import { RESERVED_EVENTS } from "@telltale/protocol";
import { createDebug } from "./browser/debug.ts";
import { loadModule } from "./browser/load-module.ts";
import { createStore } from "./browser/storage.ts";
import { createDelivery, type Delivery } from "./delivery.ts";
import { createDrops } from "./drops.ts";
import { watchFeatureClicks } from "./features.ts";
import type { Client, Consent, Options, Properties, Traits } from "./options.ts";
import { createPromptLoader, type PromptLoader } from "./prompts.ts";
import { createQueue } from "./queue.ts";
import { createRecorder, type Draft } from "./recorder.ts";
import { LIBRARY } from "./version.ts";
import { createVisitorRecord } from "./visitor.ts";

const DELAY_MS = 3_000;

/**
 * Starts a client in a browser: wires the parts, and guards each call, because nothing of ours may
 * throw into the host page.
 */
export function startClient(options: Options): Client {
  const { writeKey, host } = options;
  const debug = createDebug(options);
  const prefix = `telltale:${writeKey.slice(-6)}:`;
  const store = createStore(prefix, options.storage);
  const drops = createDrops(store);
  const queue = createQueue(store, drops);
  const visitors = createVisitorRecord(store);
  const recorder = createRecorder({ options, visitors, queue, drops, debug });
  const listeners = new Set<(properties: Properties, event: string) => void>();
  let consent: Consent = "pending";
  let token = options.identityToken;
  let isSaveDue = false;
  let delivery: Delivery | undefined;
  let prompts: PromptLoader | undefined;

  const visitor = () => visitors.at(Date.now());
  const save = () => {
    if (!isSaveDue) return;
    isSaveDue = false;
    queue.save();
    visitors.save();
    delivery?.schedule();
  };
  const saveSoon = () => {
    if (!isSaveDue) queueMicrotask(save);
    isSaveDue = true;
  };

  const guard =
    <Input extends unknown[], Result>(call: (...input: Input) => Result) =>
    (...input: Input): Result => {
      try {
        return call(...input);
      } catch (error) {
        debug(error);
        return undefined as Result;
      }
    };

  const record = (draft: Draft, at = Date.now()) => {
    if (consent === "denied") return;
    const event = draft.event ?? `$${draft.type}`;
    const properties = draft.properties ?? {};
    saveSoon();
    if (!recorder.record(draft, at)) return;
    prompts?.look(event, properties);
    for (const listener of listeners) listener(properties, event);
  };
  const track = (event: string, properties?: Properties, at?: number) =>
    record({ type: "track", event, properties: { ...properties } }, at);
  const allowed = (traits: Traits = {}) => {
    const { allowedTraits } = options;
    return allowedTraits
      ? Object.fromEntries(Object.entries(traits).filter(([key]) => allowedTraits.includes(key)))
      : traits;
  };

  const startDelivery = () => {
    store.open();
    delivery = createDelivery({
      url: `${host}/v1/batch`,
      delayMs: options.flushIntervalMs ?? DELAY_MS,
      lockName: prefix,
      store,
      queue,
      drops,
      envelope: (person, dropped) => ({
        writeKey,
        sentAt: new Date(),
        dropped,
        context: {
          library: LIBRARY,
          locale: navigator.language,
          ...(navigator.webdriver && { isAutomated: true }),
          // Only the person that a token names may be proven by it.
          ...(person === `${visitor().person}` && { token }),
        },
      }),
      debug,
    });
    prompts = createPromptLoader({
      host,
      writeKey,
      who() {
        const { anonymousId, userId, accountId, sessionId } = visitor();
        return JSON.parse(JSON.stringify({ anonymousId, userId, accountId, sessionId, token }));
      },
      track,
      onEvent: (listener) => client.on("*", (properties, event) => listener(event, properties)),
      debug,
    });
  };

  const decide = (decision: Consent) => {
    consent = decision;
    debug("consent", consent);
    if (consent === "granted" && !delivery) startDelivery();
    if (consent === "denied") {
      delivery?.stop();
      prompts?.stop();
      delivery = prompts = undefined;
      save();
      visitors.forget();
      store.wipe();
    }
  };

  const client: Client = {
    identify(userId, traits, proof) {
      const former = visitor().userId;
      if (former && former !== userId) client.reset();
      token = proof?.token ?? token;
      visitor().userId = userId;
      if (former !== userId || traits) record({ type: "identify", traits: allowed(traits) });
      recorder.release();
      saveSoon();
    },
    account(accountId, traits) {
      const former = visitor().accountId;
      visitor().accountId = accountId;
      if (former !== accountId || traits) {
        record({ type: "group", groupId: accountId, traits: allowed(traits) });
      }
    },
    group: (accountId, traits) => client.account(accountId, traits),
    track,
    page: (name, properties) =>
      record({
        type: "page",
        ...(name && { name }),
        properties: {
          path: location.pathname,
          title: document.title,
          referrer: document.referrer.replace(/[?#].*/, ""),
          ...properties,
        },
      }),
    feature: (feature, { stage = "tried" } = {}) =>
      track(RESERVED_EVENTS.featureUsed, { feature, stage }),
    task(task) {
      const startedAt = Date.now();
      let isOver = false;
      const end = (event: string) => (properties?: Properties) => {
        if (!isOver)
          client.track(event, { ...properties, task, duration_ms: Date.now() - startedAt });
        isOver = true;
      };
      client.track(RESERVED_EVENTS.taskStarted, { task });
      return {
        complete: end(RESERVED_EVENTS.taskCompleted),
        fail: end(RESERVED_EVENTS.taskFailed),
      };
    },
    milestone: (milestone) => track(RESERVED_EVENTS.milestoneReached, { milestone }),
    survey: (survey) => prompts?.ask((prompts) => prompts.survey(survey)),
    feedback: () => prompts?.ask((prompts) => prompts.feedback()),
    consent(decision) {
      if (mayMeasure) {
        decide(decision);
        if (decision === "granted") visitor().hasConsented = true;
        saveSoon();
      }
    },
    reset() {
      token = undefined;
      visitors.replace();
      prompts?.stop();
      saveSoon();
    },
    async flush() {
      save();
      await delivery?.flush();
    },
    on(event, listener) {
      const entry = guard((properties: Properties, name: string) => {
        if (event === "*" || event === name) listener(properties, name);
      });
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  };
  for (const [name, call] of Object.entries(client)) {
    Object.assign(client, { [name]: guard(call as () => unknown) });
  }

  addEventListener("pagehide", recorder.release);
  const mayMeasure = options.privacyControl === "ignore" || !navigator.globalPrivacyControl;
  const { consent: asked = "granted", userId, accountId, auto } = options;
  if (!mayMeasure) decide("denied");
  else decide(asked === "pending" && visitor().hasConsented ? "granted" : asked);
  if (accountId) visitor().accountId = accountId;
  if (userId) client.identify(userId);
  setTimeout(recorder.release, options.waitForIdentityMs);
  watchFeatureClicks(client.feature);
  for (const name of String(auto ?? "").match(/\w+/g) ?? []) {
    if (name === "page") client.page();
    loadModule(`${host}/telltale-${name.replace(/^page$/, "pages")}.js`)
      .then(({ start }) => (start as (client: Client) => void)(client))
      .catch(debug);
  }
  return client;
}
