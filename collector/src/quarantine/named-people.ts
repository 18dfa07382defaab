/** Fields by which a message names people. */
const PEOPLE: ReadonlySet<string> = new Set(["userId", "anonymousId", "previousId"]);
/** Fields that name something else, though its id may look alike. */
const NOT_PEOPLE: ReadonlySet<string> = new Set(["type", "event", "groupId", "messageId"]);

/** The ids of the people that an unchecked message names; numbers are ids as well. */
export function findNamed(message: unknown): string[] {
  if (typeof message !== "object" || message === null) return [];
  return Object.entries(message)
    .filter(([field, id]) => PEOPLE.has(field) && ["string", "number"].includes(typeof id))
    .map(([, id]) => String(id));
}

/**
 * Whether a refused message is about one of these people: it names them; or, where it names nobody, or
 * its batch does it in its context, one of its values is their id. A word that happens to be somebody's
 * id, such as the name of a field or of an account, is none.
 *
 * @param payload - JSON text, perhaps cut; a message in it may be nested as deep as its sender likes
 */
export function isAbout(
  ids: ReadonlySet<string>,
  { payload, context }: { payload: string; context: unknown },
): boolean {
  try {
    if (hasMention(ids, context)) return true;
    const message: unknown = JSON.parse(payload);
    const named = findNamed(message);
    return named.length > 0 ? named.some((id) => ids.has(id)) : hasMention(ids, message);
  } catch {
    // Cut, or nested too deep to be walked.
    return [...ids].some((id) => payload.includes(JSON.stringify(id)) || hasNumber(payload, id));
  }
}

/** Whether an id that is a number stands in a text as the value of a field. */
const hasNumber = (payload: string, id: string): boolean =>
  /^\d+$/.test(id) && new RegExp(`:\\s*${id}(?![\\d.])`).test(payload);

function hasMention(ids: ReadonlySet<string>, value: unknown): boolean {
  if (typeof value === "string") return ids.has(value);
  if (typeof value !== "object" || value === null) return false;
  return (
    findNamed(value).some((id) => ids.has(id)) ||
    Object.entries(value).some(([field, part]) => !NOT_PEOPLE.has(field) && hasMention(ids, part))
  );
}
