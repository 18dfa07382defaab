import { textOf } from "./account-id.ts";
import type { NewEvent } from "./new-event.ts";
import { parseInstant } from "./parse-instant.ts";
import type { AccountProfile } from "./profile-queries.ts";

/**
 * Traits with a meaning of their own, each account once: the name that was said last, all external
 * ids, and the moment of creation.
 *
 * @param events - group messages, in the order of arrival
 */
export function toAccountProfiles(events: readonly NewEvent[]): AccountProfile[] {
  const profiles = new Map<string, AccountProfile & { ids: Record<string, string> }>();
  for (const { accountId, properties: traits, occurredAt: at } of events) {
    const known = profiles.get(accountId) ?? {
      accountId,
      name: null,
      at,
      ids: {},
      externalIds: "{}",
      createdAt: null,
    };
    const isNamed = typeof traits.name === "string" && (known.name === null || at >= known.at);
    const ids = { ...known.ids, ...toExternalIds(traits) };
    profiles.set(accountId, {
      accountId,
      ...(isNamed ? { name: traits.name as string, at } : { name: known.name, at: known.at }),
      ids,
      externalIds: JSON.stringify(ids),
      createdAt: toCreatedAt(traits) ?? known.createdAt,
    });
  }
  return [...profiles.values()];
}

/** By system; numbers are ids as well, and what is neither is none. */
function toExternalIds(traits: NewEvent["properties"]): Record<string, string> {
  const ids = traits.externalIds ?? traits.external_ids;
  if (typeof ids !== "object" || ids === null || Array.isArray(ids)) return {};
  return Object.fromEntries(
    Object.entries(ids)
      .map(([system, id]) => [system, textOf(id)] as const)
      .filter(([, id]) => id !== ""),
  );
}

function toCreatedAt(traits: NewEvent["properties"]): string | null {
  const said = traits.createdAt ?? traits.created_at;
  const createdMs = typeof said === "string" ? parseInstant(said) : null;
  return createdMs === null ? null : new Date(createdMs).toISOString();
}
