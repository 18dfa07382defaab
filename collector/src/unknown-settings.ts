import { distance } from "fastest-levenshtein";
import { SETTING_NAMES } from "./config.ts";

/** A variable that was given as a setting, as it seems, and is none. */
export interface UnknownSetting {
  name: string;
  /** The setting that it must have meant; null when it is near to none. */
  nearest: string | null;
}

const PREFIX = /^TELLTALE_/i;
/** Letters that differ, at most, between a setting and a slip of it. */
const MOST_SLIPS = 2;
/** Shorter names, such as HOSTS, are near to a setting by chance. */
const LEAST_LENGTH = 8;
/** What Kubernetes adds to the environment for a service that is called telltale. */
const OF_A_SERVICE = /_SERVICE_HOST$|_SERVICE_PORT(_|$)|_PORT_\d+_(TCP|UDP)(_|$)/;
const ADDRESS_OF_A_SERVICE = /^(tcp|udp):\/\//;

/**
 * Finds what looks like a setting in the environment but has no effect: each unknown `TELLTALE_…`,
 * and every name that misses an absent setting by a slip.
 */
export function findUnknownSettings(env: { [name: string]: string | undefined }): UnknownSetting[] {
  const unknown: UnknownSetting[] = [];
  for (const [name, value = ""] of Object.entries(env)) {
    if (value.trim() === "" || SETTING_NAMES.includes(name)) continue;
    const nearest = findNearest(name);
    if (PREFIX.test(name)) {
      if (OF_A_SERVICE.test(name) || ADDRESS_OF_A_SERVICE.test(value)) continue;
      unknown.push({ name, nearest });
    } else if (name.length >= LEAST_LENGTH && nearest && !env[nearest]?.trim()) {
      unknown.push({ name, nearest });
    }
  }
  return unknown;
}

/** The setting that a name misses by two letters at most, with our prefix or without. */
function findNearest(name: string): string | null {
  const upper = name.toUpperCase();
  const slipsOf = (setting: string) =>
    Math.min(distance(upper, setting), distance(upper.replace(PREFIX, ""), setting));
  const [nearest] = SETTING_NAMES.filter((setting) => slipsOf(setting) <= MOST_SLIPS).sort(
    (a, b) => slipsOf(a) - slipsOf(b),
  );
  return nearest ?? null;
}

/** A sentence for a person. */
export function describeUnknown({ name, nearest }: UnknownSetting): string {
  const question = nearest ? ` Did you mean ${nearest}?` : "";
  return `${name} is no setting and has no effect.${question}`;
}
