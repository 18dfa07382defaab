import type { WebhookMessage } from "@telltale/protocol";
import { toFields } from "./fields.ts";
import type { Credentials, Format, FormatName, FormattedRequest, NothingToSend } from "./format.ts";
import { toHubspot } from "./hubspot.ts";
import { toIntercom } from "./intercom.ts";
import type { FieldMap } from "./message-values.ts";
import { toSalesforce } from "./salesforce.ts";
import { toSlack } from "./slack.ts";
import { toZendesk } from "./zendesk.ts";

const FORMATS: Record<Exclude<FormatName, "standard">, Format> = {
  slack: toSlack,
  hubspot: toHubspot,
  salesforce: toSalesforce,
  zendesk: toZendesk,
  intercom: toIntercom,
  fields: toFields,
};

/**
 * The request of a message in an endpoint's format.
 *
 * @param body - the stored text; the standard format sends it as it is
 */
export function formatMessage(
  format: FormatName,
  endpoint: { url: string; credentials: Credentials | null; fieldMap: FieldMap | null },
  body: string,
): FormattedRequest | NothingToSend {
  if (format === "standard") {
    const headers = { "content-type": "application/json" };
    return { url: endpoint.url, method: "POST", headers, body };
  }
  return FORMATS[format]({ ...endpoint, message: JSON.parse(body) as WebhookMessage });
}
