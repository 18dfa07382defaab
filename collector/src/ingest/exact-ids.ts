import { toPointer } from "../http.ts";
import { DIGITS_LOST, losesDigits } from "../lossy-number.ts";
import { type CheckedMessage, MessageFault } from "./check-message.ts";

type Values = Record<string, unknown>;

/**
 * Refuses ids that are numbers whose digits JSON has lost, wherever a message names something beside its
 * own fields.
 *
 * @param subject - the property that names what the event is about; absent: none does
 * @throws {MessageFault}
 */
export function requireExactIds(
  { type, properties, traits }: Pick<CheckedMessage, "type" | "properties" | "traits">,
  context: Values,
  subject: string | undefined,
): void {
  requireExact(context, "groupId", "/context");
  requireExact(context, "sessionId", "/context");
  if (subject !== undefined) requireExact(properties, subject, "/properties");
  if (type !== "group") return;
  for (const name of ["externalIds", "external_ids"]) {
    const ids = traits[name];
    if (typeof ids !== "object" || ids === null) continue;
    for (const system of Object.keys(ids)) requireExact(ids as Values, system, `/traits/${name}`);
  }
}

function requireExact(values: Values, key: string, place: string): void {
  if (!losesDigits(values[key])) return;
  throw new MessageFault("invalid_field", `${place}${toPointer([key])} ${DIGITS_LOST}`);
}
