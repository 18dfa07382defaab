import type {
  FeatureStage,
  Json,
  Message,
  PromptBridge,
  Prompts,
  WakeRule,
} from "@telltale/protocol";
import type { Visitor } from "./visitor.ts";

/** Facts about an event. */
export type Properties = { [key: string]: Json };

/** Facts about a user or an account. */
export type Traits = { [key: string]: Json };

/** Events where an app declares none: any name, any properties. */
export type EventMap = { [event: string]: Properties };

/** What an app declares of its own events, as a type or an interface: name to properties. */
export type Declared<Events> = { [Name in keyof Events]: object };

/** Whether the person agreed to be measured. */
export type Consent = "granted" | "denied" | "pending";

/** What can be watched without a line of code. Each is a file of its own, loaded when named. */
export type AddOn = "page" | "friction" | "vitals";

/** Settings of {@link createClient}. Only the key is required in a script tag. */
export interface Options {
  /** The project's public key, `wk_…`. */
  writeKey: string;
  /** Where the collector is. A script tag knows: the folder it came from. */
  host: string;
  userId?: string;
  accountId?: string;
  /** Proof of identity: a JWT signed by your server. */
  identityToken?: string;
  /** `pending` keeps all in memory, and sends nothing, until `consent()` is called. */
  consent?: Consent;
  /** Add-ons to load from the host. */
  auto?: AddOn[];
  /** `off` never loads the add-on that shows surveys. */
  prompts?: "on" | "off";
  /** The label of a button on every page that opens the feedback survey; absent: no button. */
  feedbackButton?: string;
  /** Starts the surveys in place of the widget from the host: an own UI by `@telltale/widget`. */
  startPrompts?(bridge: PromptBridge): Prompts;
  /** `memory` leaves nothing on the device: each page load is a new anonymous visitor. */
  storage?: "local" | "memory";
  /** `ignore` measures people who send Global Privacy Control as well. */
  privacyControl?: "honour" | "ignore";
  /** Hold events until the task that calls `identify()` ends, at most so long, in milliseconds. */
  waitForIdentityMs?: number;
  /** From an event to the batch that carries it, in milliseconds; 2,000 when absent. */
  flushIntervalMs?: number;
  /** The only traits that may leave the browser; absent: all that the page passes. */
  allowedTraits?: string[];
  /** Changes a message before it is stored, or drops it by returning null. */
  beforeSend?(message: Message): Message | null | undefined;
  /** Explains each decision in the console. */
  debug?: boolean;
}

/** How far a person got with a feature. */
export interface FeatureOptions {
  stage?: FeatureStage;
}

/** A piece of work that a person has begun. */
export interface Task {
  complete(properties?: Properties): void;
  fail(properties?: Properties): void;
}

/** What the host page talks to. No call throws. */
export interface Client<Events extends Declared<Events> = EventMap> {
  /** Says who the user is. The events of the anonymous visitor become this user's. */
  identify(userId: string, traits?: Traits, options?: { token?: string }): void;
  /** Says which account the user works in. All later events count for it. */
  account(accountId: string, traits?: Traits): void;
  /** The same as {@link account}. */
  group(accountId: string, traits?: Traits): void;
  track<Name extends keyof Events & string>(event: Name, properties?: Events[Name]): void;
  page(name?: string, properties?: Properties): void;
  /** Counts a use of a feature; `tried` when no stage is given. */
  feature(feature: string, options?: FeatureOptions): void;
  /** Begins a task; its end tells how long it took. */
  task(task: string): Task;
  milestone(milestone: string): void;
  /** Asks for a survey by key, for instance after a click on "Rate us". */
  survey(survey: string): void;
  /** Opens the feedback survey. */
  feedback(): void;
  consent(consent: "granted" | "denied"): void;
  /** At logout: the next person is another visitor, without user and account. */
  reset(): void;
  /** Sends what waits, now. */
  flush(): Promise<void>;
  /** Calls back for each event of a name, `$page` for page views, `*` for all; returns the end of it. */
  on(event: string, listener: (properties: Properties, event: string) => void): () => void;
  debug: DebugClient;
}

/** A client as a page hands it to an add-on, whatever events the app has declared. */
export type AnyClient = Omit<Client, "track"> & { track(...input: never[]): void };

/** What an add-on sees of the client: it may also record an event as of an earlier moment. */
export type AddOnClient = Omit<Client, "track"> & {
  track(event: string, properties: Properties, at?: number): void;
};

/** What an add-on gets beside the client. */
export interface AddOnKit {
  visitor(): Visitor;
  /** Proofs of identity by person: what was done before a logout is still proven after it. */
  tokens: { [person: string]: string | undefined };
  options: Options;
  /** The latest events that the add-on for prompts has not heard; undefined once it listens. */
  seen: (readonly [properties: Properties, event: string])[] | undefined;
  debug(...line: unknown[]): void;
}

/** Explanations for people who set the page up. */
export interface DebugClient {
  /** Why each prompt did or did not show, newest last; empty while no rule has woken the widget. */
  prompts(): ReturnType<Prompts["decisions"]>;
}

/** What the core asks of the add-on for prompts. */
export type PromptLoader = Pick<Prompts, "survey" | "feedback" | "stop"> & {
  /** Tells what may make a survey due. */
  wake(rules: WakeRule[]): void;
};
