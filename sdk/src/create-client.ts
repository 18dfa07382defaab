import { startClient } from "./client.ts";
import { createIdleClient } from "./idle-client.ts";
import type { Client, EventMap, Options } from "./options.ts";

const clients = new Map<string, Client>();

/**
 * The client of a project. A second call with the same key and host gives the same client, so
 * that a component rendered twice counts once. On a server it gives a client that does nothing.
 *
 * @throws {TypeError} if `writeKey` or `host` is missing
 */
export function createClient<Events extends EventMap = EventMap>(options: Options): Client<Events> {
  const { writeKey, host } = options;
  if (!writeKey || !host) throw new TypeError("createClient requires a writeKey and a host");
  if (typeof document === "undefined") return createIdleClient() as unknown as Client<Events>;
  const name = `${host} ${writeKey}`;
  const client = clients.get(name) ?? startClient({ ...options, host: host.replace(/\/+$/, "") });
  clients.set(name, client);
  return client as unknown as Client<Events>;
}
