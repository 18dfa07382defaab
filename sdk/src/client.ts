import { RESERVED_EVENTS } from "@telltale/protocol";
import { attempt } from "./browser/attempt.ts";
import { createDebug } from "./browser/debug.ts";
import { loadModule } from "./browser/load-module.ts";
import { createStore } from "./browser/storage.ts";
import { createDelivery, type Delivery } from "./delivery.ts";
import { watchFeatureClicks } from "./features.ts";
import type {
  AddOnKit,
  Client,
  Consent,
  Options,
  PromptLoader,
  Properties,
  Traits,
} from "./options.ts";
import { createQueue } from "./queue.ts";
import { createRecorder, type Draft } from "./recorder.ts";
import { LIBRARY } from "./version.ts";
import { createVisitorRecord } from "./visitor.ts";

const DELAY_MS = 3_000;
/** Prompts come after the page: what happens before is told to them. In milliseconds. */
const PROMPTS_DELAY_MS = 1_000;

type StartAddOn = (client: Client, kit: AddOnKit) => unknown;

/**
 * Starts a client in a browser: wires the parts, and guards each call, because nothing of ours may
 * throw into the host page.
 */
export function startClient(options: Options): Client {
  const { writeKey, host } = options;
  const debug = createDebug(options);
  const prefix = `telltale:${writeKey.slice(-6)}:`;
  const store = createStore(prefix, () =>
    options.storage === "memory" ? (undefined as never) : localStorage,
  );
  const visitors = createVisitorRecord(store);
  const queue = createQueue(store, visitors);
  const recorder = createRecorder({ options, visitors, queue, debug });
  const listeners = new Set<(properties: Properties, event: string) => void>();
  let consent: Consent = "pending";
  /** Proofs of identity by person: what was done before a logout is still proven after it. */
  const tokens: { [person: string]: string | undefined } = {};
  let isSaveDue = false;
  let delivery: Delivery | undefined;
  let prompts: Promise<PromptLoader | undefined> | undefined;

  const visitor = () => visitors.at();
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
    (...input: Input): Result =>
      attempt(() => call(...input), debug) as Result;

  const record = (draft: Draft, at = Date.now()) => {
    if (consent === "denied") return;
    const event = draft.event ?? `$${draft.type}`;
    const properties = draft.properties ?? {};
    saveSoon();
    if (!recorder.record(draft, at)) return;
    kit.seen?.push([properties, event]);
    for (const listener of listeners) listener(properties, event);
  };
  const track = (event: string, properties?: Properties, at?: number) =>
    record({ type: "track", event, properties: { ...properties } }, at);
  // As the second argument of `stringify`, a list of names lets no other name through.
  const allowed = (traits: Traits = {}): Traits =>
    JSON.parse(
      JSON.stringify(traits, options.allowedTraits && String(options.allowedTraits).split(",")),
    );

  const loadAddOn = (name: string) =>
    loadModule(`${host}/telltale-${name}.js`)
      .then(({ start }) => (start as StartAddOn)(client, kit))
      .catch(debug);
  const kit: AddOnKit = {
    host,
    writeKey,
    options,
    who: () => ({ ...visitor(), token: tokens[visitor().person] }),
    seen: [],
    debug,
  };

  const startDelivery = () => {
    delivery = createDelivery({
      url: `${host}/v1/batch`,
      delayMs: options.flushIntervalMs ?? DELAY_MS,
      lockName: prefix,
      store,
      queue,
      visitors,
      envelope: (person) => ({
        writeKey,
        sentAt: new Date(),
        dropped: visitor().dropped,
        context: {
          library: LIBRARY,
          isAutomated: navigator.webdriver || undefined,
          token: tokens[person!],
        },
      }),
      debug,
    });
    if (options.prompts !== "off") {
      prompts = new Promise((resolve) => setTimeout(resolve, PROMPTS_DELAY_MS))
        .then(() => loadAddOn("prompts"))
        .finally(() => {
          kit.seen = undefined;
        }) as typeof prompts;
    }
  };

  const decide = (decision: Consent) => {
    consent = decision;
    debug(consent);
    if (consent === "granted") {
      store.open();
      if (!delivery) startDelivery();
    } else if (consent === "denied") {
      prompts?.then((prompts) => prompts?.stop());
      queue.save();
      visitors.save();
      store.wipe();
    }
  };

  const client: Client = {
    identify(userId, traits, { token } = {}) {
      const former = visitor().userId;
      if (former && former !== userId) client.reset();
      visitor().userId = userId;
      if (token) tokens[visitor().person] = token;
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
        name: name as string,
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
      let startedAt = Date.now();
      const end = (event: string) => (properties?: Properties) => {
        if (startedAt) {
          client.track(event, { ...properties, task, duration_ms: Date.now() - startedAt });
        }
        startedAt = 0;
      };
      client.track(RESERVED_EVENTS.taskStarted, { task });
      return {
        complete: end(RESERVED_EVENTS.taskCompleted),
        fail: end(RESERVED_EVENTS.taskFailed),
      };
    },
    milestone: (milestone) => track(RESERVED_EVENTS.milestoneReached, { milestone }),
    survey(survey) {
      prompts?.then((prompts) => prompts?.survey(survey));
    },
    feedback() {
      prompts?.then((prompts) => prompts?.feedback());
    },
    consent(decision) {
      if (mayMeasure) {
        decide(decision);
        if (decision === "granted") visitor().hasConsented = true;
        saveSoon();
      }
    },
    reset() {
      visitors.replace();
      prompts?.then((prompts) => prompts?.stop());
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
  const { consent: asked = "granted", userId, accountId, identityToken, auto } = options;
  if (!mayMeasure) decide("denied");
  else decide(asked === "pending" && visitor().hasConsented ? "granted" : asked);
  if (accountId) visitor().accountId = accountId;
  if (userId) client.identify(userId, undefined, { token: identityToken as string });
  setTimeout(recorder.release, options.waitForIdentityMs);
  watchFeatureClicks(client);
  for (const name of String(auto ?? "").match(/\w+/g) ?? []) {
    if (name === "page") client.page();
    loadAddOn(name.replace(/^page$/, "pages"));
  }
  return client;
}
