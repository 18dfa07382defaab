import type { Message } from "@telltale/protocol";
import type { Store } from "./browser/storage.ts";
import { createUuid } from "./browser/uuid.ts";
import { parseStored } from "./parse.ts";

const IDENTITY_KEY = "id";

/** Who uses this browser, as far as the page has said. */
export interface Person {
  anonymousId: string;
  userId?: string;
  accountId?: string;
  /** Tells persons of this browser apart, in order; grows when another one takes over. */
  person: number;
  /** Remembered so that the page need not ask for consent again. */
  hasConsented?: boolean;
}

/** Remembers the person over page loads. */
export interface Identity {
  /** The person at this moment; do not change it. */
  current(): Person;
  /** Notes a user. Another user than before is another person, who starts without an account. */
  setUser(userId: string): void;
  setAccount(accountId: string): void;
  noteConsent(): void;
  /** Another person takes over. */
  reset(): void;
  /** Puts the ids on a message. */
  stamp(message: Message): void;
  save(): void;
  /** Forgets everything, consent included. */
  forget(): void;
}

/** Creates the identity from what the store remembers. */
export function createIdentity(store: Store): Identity {
  const renew = (person: number): Person => ({ anonymousId: createUuid(Date.now()), person });
  let known: Partial<Person> | undefined;
  let saved: string | undefined;
  const current = (): Person => {
    known ??= parseStored(store.get(IDENTITY_KEY));
    if (!known.anonymousId) known = renew(0);
    return known as Person;
  };
  const reset = () => {
    const { person, hasConsented } = current();
    known = { ...renew(person + 1), ...(hasConsented && { hasConsented }) };
  };
  return {
    current,
    reset,
    save() {
      const text = JSON.stringify(current());
      if (text !== saved) store.set(IDENTITY_KEY, text);
      saved = text;
    },
    forget() {
      known = {};
      saved = undefined;
    },
    setUser(userId) {
      const former = current().userId;
      if (former && former !== userId) reset();
      current().userId = userId;
    },
    setAccount(accountId) {
      current().accountId = accountId;
    },
    noteConsent() {
      current().hasConsented = true;
    },
    stamp(message) {
      const { anonymousId, userId, accountId } = current();
      if (userId) message.userId = userId;
      if (!userId || message.type === "identify") message.anonymousId = anonymousId;
      if (accountId) message.context = { groupId: accountId, ...message.context };
    },
  };
}
