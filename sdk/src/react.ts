/** Telltale in React: one client for the tree, safe under StrictMode and on servers. */

import type { FeatureStage } from "@telltale/protocol";
import {
  createContext,
  createElement,
  type FunctionComponent,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useState,
} from "react";
import { createClient } from "./create-client.ts";
import { createIdleClient } from "./idle-client.ts";
import type { Client, Declared, EventMap, Options } from "./options.ts";

/** What the provider needs: the settings of a client, read once. */
export interface TelltaleProviderProps {
  options: Options;
  children?: ReactNode;
}

const TelltaleContext = createContext<Client>(createIdleClient());
/** Which features a client has told to be seen, on this page load. */
const seenFeatures = new WeakMap<Client, Set<string>>();

/**
 * Gives the client of a project to the tree below. StrictMode, which renders everything twice,
 * gets one and the same; a server gets one that does nothing.
 */
export const TelltaleProvider: FunctionComponent<TelltaleProviderProps> = ({
  options,
  children,
}) => {
  const [client] = useState(() => createClient(options));
  return createElement(TelltaleContext.Provider, { value: client }, children);
};

/** The client of the nearest provider; without one, a client that does nothing. */
export function useTelltale<Events extends Declared<Events> = EventMap>(): Client<Events> {
  return useContext(TelltaleContext) as unknown as Client<Events>;
}

/**
 * Says that a feature is on the screen (`seen`, once a page load), and gives the way to say that
 * it was used.
 *
 * @returns records a use: `tried` when no stage is given; the same function on every render
 */
export function useFeature(feature: string): (stage?: FeatureStage) => void {
  const client = useTelltale();
  useEffect(() => {
    const seen = seenFeatures.get(client) ?? new Set();
    seenFeatures.set(client, seen);
    if (seen.has(feature)) return;
    seen.add(feature);
    client.feature(feature, { stage: "seen" });
  }, [client, feature]);
  return useCallback(
    (stage: FeatureStage = "tried") => client.feature(feature, { stage }),
    [client, feature],
  );
}
