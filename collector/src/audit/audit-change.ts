import { toStorable } from "../unstorable.ts";

/** What a change did: each field that is not what it was, before and after. */
export type AuditChange = { [field: string]: { before?: unknown; after?: unknown } };

/** What must never stand in a log: keys to somewhere, and what people wrote. */
const SECRET = /secret|token|password|credential|authorization|private|^(note|text|message)$/i;
const HIDDEN = "(not shown)";
const UNIMPORTANT = new Set([
  "id",
  "projectId",
  "createdAt",
  "updatedAt",
  "previousSecretExpiresAt",
]);
/** A line of the log is read by people; what is longer is cut. */
const MOST_CHARACTERS = 2_000;
const MOST_FIELDS = 40;

/**
 * The fields in which two states of a thing differ. Secrets and what people wrote are named, never
 * shown; long values are cut.
 *
 * @param before - undefined for something new
 * @param after - undefined for something that is gone
 * @returns null where nothing differs
 */
export function toAuditChange(before: unknown, after: unknown): AuditChange | null {
  const [was, is] = [toFields(before), toFields(after)];
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  const changed = names.filter(
    (name) => !UNIMPORTANT.has(name) && JSON.stringify(was[name]) !== JSON.stringify(is[name]),
  );
  if (changed.length === 0) return null;
  return Object.fromEntries(
    changed.slice(0, MOST_FIELDS).map((name) => [
      name,
      {
        ...(was[name] !== undefined && { before: toLogged(name, was) }),
        ...(is[name] !== undefined && { after: toLogged(name, is) }),
      },
    ]),
  );
}

function toFields(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return value === undefined || value === null ? {} : { value };
  }
  // What JSON would leave out is no field, and dates are texts.
  return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

/** Nobody wrote these to us: the text of the button that a survey waits for, a playbook's template. */
const isOurs = (name: string, holder: object): boolean =>
  (name === "text" && "kind" in holder && holder.kind === "click") ||
  (name === "message" && "dueHours" in holder);

/** Whether there are credentials is no secret. */
const isSecret = (name: string, value: unknown, holder: object): boolean =>
  SECRET.test(name) && typeof value !== "boolean" && value !== null && !isOurs(name, holder);

function toLogged(name: string, fields: Record<string, unknown>): unknown {
  if (isSecret(name, fields[name], fields)) return HIDDEN;
  const shown = JSON.stringify(fields[name], function (this: object, key, part: unknown) {
    if (isSecret(key, part, this)) return HIDDEN;
    return typeof part === "string" ? toStorable(part) : part;
  });
  return shown.length > MOST_CHARACTERS
    ? `${toStorable(shown.slice(0, MOST_CHARACTERS))}…`
    : (JSON.parse(shown) as unknown);
}
