import { type Format, toJsonRequest } from "./format.ts";
import { type FieldMap, fillFields, isAboutState, toValues } from "./message-values.ts";

/** Keys of organization fields to create in Zendesk: of letters, digits and underscores. */
export const ZENDESK_FIELDS: FieldMap = {
  telltale_score: "score",
  telltale_tier: "tier",
  telltale_top_driver: "topDriver",
  telltale_link: "link",
  telltale_alert: "alertSummary",
};

/**
 * Updates the organization that `externalIds.zendesk` names, so that agents see the health beside
 * each ticket.
 *
 * @see https://developer.zendesk.com/api-reference/ticketing/organizations/organizations/
 * @see https://developer.zendesk.com/api-reference/ticketing/organizations/organization_fields/
 */
export const toZendesk: Format = ({ message, url, credentials, fieldMap }) => {
  if (!isAboutState(message)) return { reason: "nothing_to_send" };
  const id = message.data.account.externalIds.zendesk;
  if (!id) return { reason: "no_external_id" };
  const basic = Buffer.from(`${credentials?.email}/token:${credentials?.token}`).toString("base64");
  return toJsonRequest(
    "PUT",
    new URL(`/api/v2/organizations/${encodeURIComponent(id)}.json`, url).href,
    {
      headers: { authorization: `Basic ${basic}` },
      body: {
        organization: {
          organization_fields: fillFields(fieldMap ?? ZENDESK_FIELDS, toValues(message)),
        },
      },
    },
  );
};
