import type { WebhookAccountData, WebhookMessage } from "@telltale/protocol";

/** What a field of another system can be filled with. */
export const VALUE_NAMES = [
  "score",
  "previousScore",
  "tier",
  "previousTier",
  "confidence",
  "coverage",
  "topDriver",
  "drivers",
  "modelVersion",
  "sequence",
  "link",
  "accountId",
  "accountName",
  "alertLevel",
  "alertStatus",
  "alertSummary",
  "playbook",
  "playbookOwner",
  "playbookDueAt",
  "playbookMessage",
  "type",
  "timestamp",
] as const;

export type ValueName = (typeof VALUE_NAMES)[number];
export type MessageValues = Record<ValueName, string | number | null>;

/** Their field's name → our value's name. */
export type FieldMap = Readonly<Record<string, ValueName>>;

/** Whether a message tells the state of an account, and why; others only name the one they found. */
export function isAboutState(
  message: WebhookMessage,
): message is WebhookMessage<WebhookAccountData> {
  return "sequence" in message.data && "drivers" in message.data;
}

/** The values of a message, flat. */
export function toValues(message: WebhookMessage<WebhookAccountData>): MessageValues {
  const { data } = message;
  const drivers = [...data.drivers].sort(
    (a, b) => Math.abs(b.contribution) - Math.abs(a.contribution),
  );
  return {
    score: data.score === null ? null : Math.round(data.score),
    previousScore: data.previousScore === null ? null : Math.round(data.previousScore),
    tier: data.tier,
    previousTier: data.previousTier,
    confidence: Math.round(data.confidence * 100) / 100,
    coverage: Math.round(data.coverage * 100) / 100,
    topDriver: drivers[0]?.sentence ?? null,
    drivers: drivers.length === 0 ? null : drivers.map((driver) => driver.sentence).join("\n"),
    modelVersion: data.modelVersion,
    sequence: data.sequence,
    link: data.link,
    accountId: data.account.id,
    accountName: data.account.name,
    alertLevel: data.alert?.level ?? null,
    alertStatus: data.alert?.status ?? null,
    alertSummary: data.alert?.summary ?? null,
    playbook: data.playbook?.name ?? null,
    playbookOwner: data.playbook?.ownerRole ?? null,
    playbookDueAt: data.playbook?.dueAt ?? null,
    playbookMessage: data.playbook?.message ?? null,
    type: message.type,
    timestamp: message.timestamp,
  };
}

/** Their fields, filled. A message without an alert leaves the fields of alerts alone. */
export function fillFields(
  map: FieldMap,
  values: MessageValues,
): Record<string, string | number | null> {
  const isAlert = values.alertStatus !== null;
  return Object.fromEntries(
    Object.entries(map)
      .filter(([, name]) => isAlert || !/^(alert|playbook)/.test(name))
      .map(([field, name]) => [field, values[name]]),
  );
}

/** Values of systems whose text fields have a limit; whole characters stay whole. */
export function cutTexts(
  fields: Record<string, string | number | null>,
  maxLength: number,
): Record<string, string | number | null> {
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => [
      field,
      typeof value === "string" && value.length > maxLength
        ? `${value.slice(0, maxLength - 1).replace(/[\ud800-\udbff]$/, "")}…`
        : value,
    ]),
  );
}
