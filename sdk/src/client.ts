import { RESERVED_EVENTS } from "@telltale/protocol";
import { attempt } from "./browser/attempt.ts";
import { createDebug } from "./browser/debug.ts";
import { loadModule } from "./browser/load-module.ts";
import { createStore } from "./browser/storage.ts";
import { createUuids } from "./browser/uuid.ts";
import type { Core } from "./core.ts";
import { createDelivery, type Delivery } from "./delivery.ts";
import { watchFeatureClicks } from "./features.ts";
import type { Client, Consent, Options, PromptLoader, Properties, Traits } from "./options.ts";
import { createQueue } from "./queue.ts";
import { createRecorder, type Draft } from "./recorder.ts";
import { createVisitorRecord } from "./visitor.ts";

/** So many of the latest events are kept until the widget for surveys listens for itself. */
const MAX_SEEN = 100;

type StartAddOn = (client: Client, kit: Core) => unknown;

/**
 * Starts a client in a browser: wires the parts, and guards each call, because nothing of ours may
 * throw into the host page.
 */
export function startClient(options: Options): Client {
  const debug = createDebug(options);
  const prefix = `telltale:${options.writeKey.slice(-6)}:`;
  const store = createStore(
    prefix,
    attempt(() => (options.storage === "memory" ? undefined : localStorage)),
  );
  const createId = createUuids();
  const visitors = createVisitorRecord(store, createId);
  const queue = createQueue(store, visitors, createId);
  const listeners = new Set<(properties: Properties, event: string) => void>();
  let consent: Consent = "pending";
  let isWriteDue = false;
  let delivery: Delivery | undefined;
  let prompts: Promise<PromptLoader> | undefined;

  const visitor = () => {
    // What came before a change belongs to who it was.
    recorder.settle();
    return visitors.at();
  };
  const writeAll = () => {
    if (!isWriteDue) return;
    isWriteDue = false;
    recorder.settle();
    visitors.writeDown();
    delivery?.schedule();
  };
  const writeSoon = () => {
    if (!isWriteDue) queueMicrotask(writeAll);
    isWriteDue = true;
  };

  const guard =
    <Input extends unknown[], Result>(call: (...input: Input) => Result) =>
    (...input: Input): Result =>
      attempt(() => call(...input), debug) as Result;

  const record = (draft: Draft, at = Date.now()) => {
    if (consent === "denied") return;
    writeSoon();
    if (!recorder.record(draft, at)) return;
    const event = draft.event ?? `$${draft.type}`;
    const properties = draft.properties ?? {};
    if (core.seen && core.seen.push([properties, event]) > MAX_SEEN) core.seen.shift();
    core.tell(event, properties);
  };
  const track = (event: string, properties?: Properties, at?: number) =>
    record({ type: "track", event, properties: { ...properties } }, at);
  // As the second argument of `stringify`, a list of names lets no other name through.
  const allowed = (traits: Traits = {}): Traits =>
    JSON.parse(
      JSON.stringify(traits, options.allowedTraits && String(options.allowedTraits).split(",")),
    );

  const load = (name: string) =>
    loadModule(`${options.host}/telltale-${name}.js`).then(({ start }) =>
      (start as StartAddOn)(client, core),
    );
  const core: Core = {
    load,
    options,
    prefix,
    store,
    visitors,
    queue,
    createId,
    tokens: {},
    seen: [],
    visitor,
    debug,
    writeAll,
    tell(event, properties) {
      for (const listener of listeners) listener(properties, event);
    },
    hear(rules) {
      if (rules?.[0]) ask((prompts) => prompts.wake(rules));
    },
  };
  const recorder = createRecorder(core);

  const ask = (request: (prompts: PromptLoader) => void) => {
    if (consent === "granted" && options.prompts !== "off") {
      prompts ??= load("prompts") as Promise<PromptLoader>;
      prompts.then(request).catch(debug);
    }
  };
  const restartPrompts = () => {
    prompts?.then((prompts) => prompts.stop()).catch(debug);
    prompts = undefined;
    core.seen = [];
    if (options.feedbackButton) ask(() => {});
  };

  const decide = (decision: Consent) => {
    debug(decision);
    if (decision === "denied") {
      recorder.letGo();
      writeAll();
      store.wipe();
    }
    consent = decision;
    if (consent === "granted") {
      store.persist();
      delivery ??= createDelivery(core);
    }
    restartPrompts();
  };

  const account: Client["account"] = (accountId, traits) => {
    // Pages without types pass numbers.
    accountId &&= `${accountId}`;
    const former = visitor().accountId;
    visitor().accountId = accountId;
    if (former !== accountId || traits) {
      record({ type: "group", groupId: accountId, traits: allowed(traits) });
    }
  };
  const client = {
    identify(userId, traits, { token } = {}) {
      userId &&= `${userId}`;
      const former = visitor().userId;
      if (former && former !== userId) client.reset();
      visitor().userId = userId;
      if (token) core.tokens[visitor().person] = token;
      if (former !== userId || traits) record({ type: "identify", traits: allowed(traits) });
      // An `account` beside it counts for what was held as well.
      queueMicrotask(release);
    },
    account,
    group: account,
    track,
    page: (name, properties) =>
      record({
        type: "page",
        name: name as string,
        properties: {
          path: location.pathname,
          title: document.title,
          referrer: document.referrer.split("?")[0]!,
          ...properties,
        },
      }),
    feature: (feature, { stage = "tried" } = {}) =>
      track(RESERVED_EVENTS.featureUsed, { feature, stage }),
    task(task) {
      let startedAt = Date.now();
      const end = (event: string) => (properties?: Properties) => {
        if (startedAt) {
          client.track(event, { ...properties, task, duration_ms: Date.now() - startedAt });
        }
        startedAt = 0;
      };
      track(RESERVED_EVENTS.taskStarted, { task });
      return {
        complete: end(RESERVED_EVENTS.taskCompleted),
        fail: end(RESERVED_EVENTS.taskFailed),
      };
    },
    milestone: (milestone) => track(RESERVED_EVENTS.milestoneReached, { milestone }),
    survey: (survey) => ask((prompts) => prompts.survey(survey)),
    feedback: () => ask((prompts) => prompts.feedback()),
    consent(decision) {
      if (mayMeasure) {
        decide(decision);
        visitor().hasConsented = decision === "granted";
        writeSoon();
      }
    },
    reset() {
      recorder.settle();
      visitors.replace();
      writeSoon();
      restartPrompts();
    },
    flush: async () => delivery?.flush(),
    on(event, listener) {
      const entry = guard((properties: Properties, name: string) => {
        if (event === "*" || event === name) listener(properties, name);
      });
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
  } satisfies Omit<Client, "debug"> as object as Client & { [call: string]: () => unknown };
  for (const [name, call] of Object.entries(client)) client[name] = guard(call);
  client.debug = { prompts: () => [] };

  const release = () => {
    recorder.letGo();
    writeSoon();
  };
  const mayMeasure = options.privacyControl === "ignore" || !navigator.globalPrivacyControl;
  const { consent: asked = "granted", userId, accountId, identityToken, auto } = options;
  if (!mayMeasure) decide("denied");
  else decide(asked === "pending" && visitor().hasConsented ? "granted" : asked);
  if (accountId) visitor().accountId = accountId;
  if (userId) client.identify(userId, undefined, { token: identityToken as string });
  if (options.waitForIdentityMs) {
    addEventListener("pagehide", release);
    setTimeout(release, options.waitForIdentityMs);
  }
  watchFeatureClicks(client);
  const startAddOns = () => {
    for (const name of String(auto).split(/\W+/)) {
      if (name === "page") client.page();
      load(name).catch(debug);
    }
  };
  // The first page view is of whom the page names in this task, be it by calls made before this file.
  if (auto) queueMicrotask(startAddOns);
  return client;
}
