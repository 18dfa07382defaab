import { startClient } from "./client.ts";
import { createIdleClient } from "./idle-client.ts";
import type { Client, Declared, EventMap, Options } from "./options.ts";
import { createWaitingClient } from "./waiting-client.ts";

const clients = new Map<string, Client>();

/** The client that a script tag with this key has started on the page, if one has. */
function findTagClient(writeKey: string): Client | undefined {
  const { telltale } = window as { telltale?: Client | unknown[] };
  // Until the script has arrived there is an array of calls, or nothing.
  if (!telltale || Array.isArray(telltale)) return undefined;
  const isTag = ({ dataset }: HTMLScriptElement) => dataset.writeKey === writeKey;
  return [...document.scripts].some(isTag) ? telltale : undefined;
}

/**
 * The client of a project. A second call with the same key and host gives the same client, so
 * that a component rendered twice counts once; so does a script tag with that key, once it has
 * arrived. On a server it gives a client that does nothing, on a prerendered page one that waits.
 *
 * @throws {TypeError} if `writeKey` or `host` is missing
 */
export function createClient<Events extends Declared<Events> = EventMap>(
  options: Options,
): Client<Events> {
  const { writeKey } = options;
  const host = options.host?.replace(/\/+$/, "");
  if (!writeKey || !host) throw new TypeError("createClient requires a writeKey and a host");
  if (typeof document === "undefined") return createIdleClient() as unknown as Client<Events>;
  const name = `${host} ${writeKey}`;
  const begin = () => startClient({ ...options, host });
  const { prerendering } = document as { prerendering?: boolean };
  const client =
    clients.get(name) ??
    findTagClient(writeKey) ??
    (prerendering ? createWaitingClient(begin) : begin());
  clients.set(name, client);
  return client as unknown as Client<Events>;
}
