/** The browser tracker of Telltale, for bundlers. */

export { createClient } from "./create-client.ts";
export type {
  AddOn,
  Client,
  Consent,
  EventMap,
  Options,
  Properties,
  Task,
  Traits,
} from "./options.ts";
