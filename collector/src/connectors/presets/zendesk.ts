import { createHash, createHmac } from "node:crypto";
import { isEqualText, isFresh } from "../equal-text.ts";
import { readText, readTime } from "../read-path.ts";
import type { AccountReference, InboundSignal, Preset } from "../signal.ts";

const TYPE = "zen:event-type:ticket.";

/**
 * Ticket events of Zendesk: what was opened, what was solved, what became urgent. The account is
 * the one whose `externalIds.zendesk` is the ticket's organization.
 *
 * @see https://developer.zendesk.com/documentation/webhooks/verifying/
 * @see https://developer.zendesk.com/api-reference/webhooks/event-types/ticket-events/
 */
export const zendesk: Preset = {
  isGenuine({ body, header, receivedAt }, secret) {
    const timestamp = header("x-zendesk-webhook-signature-timestamp") ?? "";
    const expected = createHmac("sha256", secret)
      .update(timestamp + body)
      .digest("base64");
    return (
      isFresh(Date.parse(timestamp), receivedAt) &&
      isEqualText(header("x-zendesk-webhook-signature") ?? "", expected)
    );
  },
  read(body): InboundSignal[] {
    const type = readText(body, "type") ?? "";
    const organization = readText(body, "detail.organization_id");
    const at = readTime(body, "time");
    if (!type.startsWith(TYPE) || organization === null || at === null) return [];
    const account: AccountReference = { by: "external", system: "zendesk", id: organization };
    const series = seriesOf(type.slice(TYPE.length), body);
    if (series === null) return [];
    return [
      { kind: "observation", account, series, value: 1, at: spread(at, readText(body, "id")) },
    ];
  },
};

function seriesOf(event: string, body: unknown): string | null {
  if (event === "created") return "tickets_opened";
  const current = (readText(body, "event.current") ?? "").toLowerCase();
  if (event === "status_changed" && current === "solved") return "tickets_solved";
  if (event === "priority_changed" && current === "urgent") return "tickets_urgent";
  return null;
}

/** Zendesk's clock has seconds; two tickets of one second are still two. The same event stays put. */
function spread(at: string, eventId: string | null): string {
  const milliseconds =
    createHash("sha256")
      .update(eventId ?? "")
      .digest()
      .readUInt16BE(0) % 1_000;
  return new Date(Math.floor(Date.parse(at) / 1_000) * 1_000 + milliseconds).toISOString();
}
