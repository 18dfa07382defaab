import type { WebhookMessage } from "@telltale/protocol";
import type { FieldMap } from "./message-values.ts";

export const FORMAT_NAMES = [
  "standard",
  "slack",
  "hubspot",
  "salesforce",
  "zendesk",
  "intercom",
  "fields",
] as const;

/** The shape in which an endpoint wants its messages. */
export type FormatName = (typeof FORMAT_NAMES)[number];

/** What a system needs to let us in. */
export interface Credentials {
  /** Access token, or API token. */
  token: string;
  /** Zendesk: the agent that the token belongs to. */
  email?: string | undefined;
}

/** What a format works with. */
export interface FormatInput {
  message: WebhookMessage;
  /** The endpoint's URL; for a vendor's API its origin. */
  url: string;
  credentials: Credentials | null;
  /** Null: the format's own fields. */
  fieldMap: FieldMap | null;
}

/** A request to send, before any signature. */
export interface FormattedRequest {
  url: string;
  method: "POST" | "PATCH" | "PUT";
  headers: Record<string, string>;
  body: string;
}

/** Why there is nothing to send: the reason that the delivery log shows. */
export interface NothingToSend {
  reason: "nothing_to_send" | "no_external_id";
}

export type Format = (input: FormatInput) => FormattedRequest | NothingToSend;

/** A request with a JSON body. */
export function toJsonRequest(
  method: FormattedRequest["method"],
  url: string,
  more: { headers?: Record<string, string>; body: unknown },
): FormattedRequest {
  return {
    url,
    method,
    headers: { "content-type": "application/json", ...more.headers },
    body: JSON.stringify(more.body),
  };
}

/** The headers of an OAuth bearer token. */
export function bearer(credentials: Credentials | null): Record<string, string> {
  return credentials ? { authorization: `Bearer ${credentials.token}` } : {};
}
