import type { ClaimedDelivery, SendingEndpoint } from "./claim-queries.ts";
import type { Credentials, NothingToSend } from "./formats/format.ts";
import { formatMessage } from "./formats/format-message.ts";
import type { SecretBox } from "./secret-box.ts";
import type { Outgoing } from "./sender.ts";
import { signMessage } from "./sign-message.ts";

export type OutgoingRequest = Outgoing;

const AGENT = { "user-agent": "Telltale-Webhooks/1" };

type Opener = Pick<SecretBox, "open">;

/** A delivery on its way. */
interface Dispatch {
  delivery: Pick<ClaimedDelivery, "message_id" | "body">;
  endpoint: SendingEndpoint;
  /** When it is sent, in milliseconds since the epoch. */
  at: number;
}

/**
 * The request of a delivery: in the endpoint's format, and signed, so that a receiver of one's own
 * behind any format can check it.
 *
 * @throws {Error} when a secret can't be opened
 */
export function toRequest(
  box: Opener,
  { delivery, endpoint, at }: Dispatch,
): OutgoingRequest | NothingToSend {
  const { url, credentials_encrypted: sealed, field_map: fieldMap } = endpoint;
  const credentials = sealed ? (JSON.parse(box.open(sealed, endpoint.id)) as Credentials) : null;
  const request = formatMessage(endpoint.format, { url, credentials, fieldMap }, delivery.body);
  if ("reason" in request) return request;
  const signed = {
    id: delivery.message_id,
    timestampSeconds: Math.floor(at / 1000),
    body: request.body,
  };
  const signatures = signMessage(signed, openSecrets(box, endpoint, at));
  return {
    url: request.url,
    method: request.method,
    headers: Object.assign(signatures, request.headers, AGENT),
    body: request.body,
  };
}

/** The secrets that are good now, the newest first. */
function openSecrets(box: Opener, endpoint: SendingEndpoint, at: number): string[] {
  const secrets = [box.open(endpoint.secret_encrypted, endpoint.id)];
  const { previous_secret_encrypted: previous, previous_secret_expires_at: expiresAt } = endpoint;
  if (previous && expiresAt && expiresAt.getTime() > at) {
    secrets.push(box.open(previous, endpoint.id));
  }
  return secrets;
}
