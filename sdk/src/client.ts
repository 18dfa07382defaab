import { type Json, RESERVED_EVENTS } from "@telltale/protocol";
import { createDebug } from "./browser/debug.ts";
import { loadModule } from "./browser/load-module.ts";
import { onLeave } from "./browser/on-leave.ts";
import { stripUrl } from "./browser/page-url.ts";
import { createStore, findLocalStorage } from "./browser/storage.ts";
import { createDelivery, type Delivery } from "./delivery.ts";
import { createDrops } from "./drops.ts";
import { watchFeatureClicks } from "./features.ts";
import { createIdentity } from "./identity.ts";
import type { Client, Consent, Options, Properties, Task, Traits } from "./options.ts";
import { createPromptLoader, type PromptLoader } from "./prompts.ts";
import { createQueue } from "./queue.ts";
import { createRecorder, type Draft } from "./recorder.ts";
import { createSession } from "./session.ts";
import { LIBRARY } from "./version.ts";

/**
 * Starts a client in a browser: wires the parts, and guards each call, because nothing of ours may
 * throw into the host page.
 */
export function startClient(options: Options): Client {
  const { writeKey, host } = options;
  const debug = createDebug(options);
  const prefix = `telltale:${writeKey.slice(-6)}:`;
  const store = createStore(prefix, options.storage === "memory" ? undefined : findLocalStorage());
  const drops = createDrops(store);
  const queue = createQueue(store, drops);
  const identity = createIdentity(store);
  const session = createSession(store);
  const listeners = new Set<(properties: Properties, event: string) => void>();
  const mayMeasure = options.privacyControl === "ignore" || !navigator.globalPrivacyControl;
  let consent: Consent = "pending";
  let token = options.identityToken;
  let isSaveDue = false;
  let delivery: Delivery | undefined;
  let prompts: PromptLoader | undefined;

  const save = () => {
    if (!isSaveDue) return;
    isSaveDue = false;
    queue.save();
    session.save();
    identity.save();
    delivery?.noteAdded();
  };
  const onAdded = () => {
    if (!isSaveDue) queueMicrotask(save);
    isSaveDue = true;
  };
  const recorder = createRecorder({ options, identity, session, queue, drops, onAdded, debug });

  const record = (draft: Draft, at = Date.now()) => {
    if (consent === "denied") return;
    recorder.record(draft, at);
    const event = draft.event ?? `$${draft.type}`;
    const properties = draft.properties ?? {};
    prompts?.look(event, properties);
    for (const listener of listeners) {
      try {
        listener(properties, event);
      } catch (error) {
        debug("listener failed", error);
      }
    }
  };
  const track = (event: string, properties: Properties = {}, at?: number) =>
    record(
      {
        type: "track",
        event,
        properties: { ...properties },
        context: { page: { path: location.pathname } },
      },
      at,
    );
  const filterTraits = (traits: Traits | undefined) =>
    Object.fromEntries(
      Object.entries(traits ?? {}).filter(([key]) => options.allowedTraits?.includes(key) ?? true),
    ) as { [key: string]: Json };

  const startDelivery = () => {
    store.open();
    delivery = createDelivery({
      url: `${host}/v1/batch`,
      lockName: prefix,
      store,
      queue,
      drops,
      envelope: (person, dropped) => ({
        writeKey,
        sentAt: new Date().toISOString(),
        context: {
          library: LIBRARY,
          locale: navigator.language,
          ...(navigator.webdriver && { isAutomated: true }),
          ...(token && person === String(identity.current().person) && { token }),
        },
        ...(Object.keys(dropped)[0] && { dropped }),
      }),
      debug,
    });
    prompts = createPromptLoader({
      host,
      writeKey,
      bridge: {
        who() {
          const { anonymousId, userId, accountId } = identity.current();
          return {
            anonymousId,
            sessionId: session.id(Date.now()),
            ...(userId && { userId }),
            ...(accountId && { accountId }),
            ...(token && { token }),
          };
        },
        track,
        onEvent: (listener) => client.on("*", (properties, event) => listener(event, properties)),
        debug,
      },
    });
  };

  const decide = (decision: Consent) => {
    const before = consent;
    consent = mayMeasure ? decision : "denied";
    debug("consent", consent);
    if (consent === "granted" && !delivery) startDelivery();
    if (consent === "denied") {
      delivery?.stop();
      prompts?.stop();
      delivery = prompts = undefined;
      recorder.forget();
      store.wipe();
      queue.forget();
      identity.forget();
      session.reset();
    }
    if (before === "pending") onAdded();
  };

  const client: Client = {
    identify(userId, traits, proof) {
      token = proof?.token ?? token;
      const isKnown = identity.current().userId === userId;
      if (!isKnown && identity.current().userId) token = proof?.token;
      identity.setUser(userId);
      if (!isKnown || traits) record({ type: "identify", traits: filterTraits(traits) });
      recorder.release();
    },
    account(accountId, traits) {
      const isKnown = identity.current().accountId === accountId;
      identity.setAccount(accountId);
      if (!isKnown || traits) {
        record({ type: "group", groupId: accountId, traits: filterTraits(traits) });
      }
    },
    group: (accountId, traits) => client.account(accountId, traits),
    track,
    page(name, properties) {
      const { pathname } = location;
      const referrer = stripUrl(document.referrer);
      record({
        type: "page",
        ...(name && { name }),
        properties: {
          path: pathname,
          title: document.title,
          ...(referrer && { referrer }),
          ...properties,
        },
      });
    },
    feature: (feature, { stage = "tried" } = {}) =>
      track(RESERVED_EVENTS.featureUsed, { feature, stage }),
    task(task): Task {
      const startedAt = Date.now();
      let isOver = false;
      const end = (event: string) =>
        guard((properties?: Properties) => {
          if (!isOver) track(event, { ...properties, task, duration_ms: Date.now() - startedAt });
          isOver = true;
        });
      track(RESERVED_EVENTS.taskStarted, { task });
      return {
        complete: end(RESERVED_EVENTS.taskCompleted),
        fail: end(RESERVED_EVENTS.taskFailed),
      };
    },
    milestone: (milestone) => track(RESERVED_EVENTS.milestoneReached, { milestone }),
    survey: (survey) => prompts?.ask((prompts) => prompts.survey(survey)),
    feedback: () => prompts?.ask((prompts) => prompts.feedback()),
    consent(decision) {
      if (decision === "granted") identity.noteConsent();
      decide(decision);
    },
    reset() {
      token = undefined;
      identity.reset();
      session.reset();
      prompts?.stop();
      onAdded();
    },
    flush() {
      save();
      return delivery?.flush() ?? Promise.resolve();
    },
    on(event, listener) {
      const entry: typeof listener = (properties, name) => {
        if (event === "*" || event === name) listener(properties, name);
      };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  };

  const guard =
    <Parameters extends unknown[], Result>(call: (...input: Parameters) => Result) =>
    (...input: Parameters): Result => {
      try {
        return call(...input);
      } catch (error) {
        debug("failed", error);
        return undefined as Result;
      }
    };
  for (const [name, call] of Object.entries(client)) {
    Object.assign(client, { [name]: guard(call as () => unknown) });
  }

  onLeave(recorder.release);

  decide(
    options.consent === "pending" && identity.current().hasConsented
      ? "granted"
      : (options.consent ?? "granted"),
  );
  if (options.accountId) identity.setAccount(options.accountId);
  if (options.userId) client.identify(options.userId);
  if (options.waitForIdentityMs) setTimeout(recorder.release, options.waitForIdentityMs);
  watchFeatureClicks((feature, stage) =>
    track(RESERVED_EVENTS.featureUsed, { feature, stage: stage ?? "tried" }),
  );
  if (options.auto?.includes("page")) client.page();
  for (const name of options.auto ?? []) {
    const file = name === "page" ? "pages" : name;
    loadModule(`${host}/telltale-${file}.js`)
      .then(({ start }) => (start as (client: Client) => void)(client))
      .catch(debug);
  }
  return client;
}
