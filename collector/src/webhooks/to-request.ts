import type { ClaimedDelivery } from "./delivery-queries.ts";
import type { Credentials, NothingToSend } from "./formats/format.ts";
import { formatMessage } from "./formats/format-message.ts";
import type { SecretBox } from "./secret-box.ts";
import type { Outgoing } from "./sender.ts";
import { signMessage } from "./sign-message.ts";

export type OutgoingRequest = Outgoing;

/**
 * The request of a delivery: in the endpoint's format, and signed, so that a receiver of one's own
 * behind any format can check it.
 *
 * @param at - when it is sent, in milliseconds since the epoch
 * @throws {Error} when a secret can't be opened
 */
export function toRequest(
  box: SecretBox,
  delivery: ClaimedDelivery,
  at: number,
): OutgoingRequest | NothingToSend {
  const { endpoint_id: owner, credentials_encrypted: sealed } = delivery;
  const credentials = sealed ? (JSON.parse(box.open(sealed, owner)) as Credentials) : null;
  const endpoint = { url: delivery.url, credentials, fieldMap: delivery.field_map };
  const request = formatMessage(delivery.format, endpoint, delivery.body);
  if ("reason" in request) return request;
  const signed = {
    id: delivery.message_id,
    timestampSeconds: Math.floor(at / 1000),
    body: request.body,
  };
  return {
    ...request,
    headers: {
      ...request.headers,
      "user-agent": "Telltale-Webhooks/1",
      ...signMessage(signed, openSecrets(box, delivery, at)),
    },
  };
}

/** The secrets that are good now, the newest first. */
function openSecrets(box: SecretBox, delivery: ClaimedDelivery, at: number): string[] {
  const secrets = [box.open(delivery.secret_encrypted, delivery.endpoint_id)];
  const { previous_secret_encrypted: previous, previous_secret_expires_at: expiresAt } = delivery;
  if (previous && expiresAt && expiresAt.getTime() > at) {
    secrets.push(box.open(previous, delivery.endpoint_id));
  }
  return secrets;
}
