import {
  type HealthDriver,
  MAX_WEBHOOK_BYTES,
  type WebhookData,
  type WebhookMessage,
  type WebhookType,
} from "@telltale/protocol";

const MAX_TEXT = 2_000;
const KEPT_DRIVERS = [12, 5, 0];

/**
 * The exact text of a message, kept under the 20 KB that receivers may rely on: long texts are cut
 * first, then the smallest drivers go.
 *
 * @param timestamp - when it happened, ISO 8601
 * @throws {RangeError} when it is too long even so; only ids of absurd length get there
 */
export function toMessageBody(type: WebhookType, timestamp: string, data: WebhookData): string {
  const whole = toText({ type, timestamp, data });
  if (whole !== null) return whole;
  const short = cutTexts(data) as WebhookData & { drivers?: HealthDriver[] };
  const shortened = toText({ type, timestamp, data: short });
  if (shortened !== null) return shortened;
  for (const count of KEPT_DRIVERS) {
    const drivers = short.drivers?.slice(0, count);
    const text = toText({ type, timestamp, data: { ...short, ...(drivers && { drivers }) } });
    if (text !== null) return text;
  }
  throw new RangeError(`toMessageBody requires data under ${MAX_WEBHOOK_BYTES} bytes`);
}

function toText(message: WebhookMessage): string | null {
  const text = JSON.stringify(message);
  return Buffer.byteLength(text) < MAX_WEBHOOK_BYTES ? text : null;
}

function cutTexts(value: unknown): unknown {
  if (typeof value === "string") {
    return value.length > MAX_TEXT
      ? `${value.slice(0, MAX_TEXT).replace(/[\ud800-\udbff]$/, "")}…`
      : value;
  }
  if (Array.isArray(value)) return value.map(cutTexts);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, cutTexts(part)]));
}
