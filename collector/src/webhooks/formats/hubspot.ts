import { bearer, type Format, toJsonRequest } from "./format.ts";
import { type FieldMap, fillFields, isAboutState, toValues } from "./message-values.ts";

/** Company properties to create in HubSpot; numbers and single-line texts. */
export const HUBSPOT_FIELDS: FieldMap = {
  telltale_score: "score",
  telltale_tier: "tier",
  telltale_top_driver: "topDriver",
  telltale_link: "link",
  telltale_alert: "alertSummary",
};

/**
 * Updates the company that `externalIds.hubspot` names. HubSpot takes property values as strings;
 * an empty string clears one. A property that was not created there fails the update.
 *
 * @see https://developers.hubspot.com/docs/api-reference/latest/crm/objects/companies/update-company
 */
export const toHubspot: Format = ({ message, url, credentials, fieldMap }) => {
  if (!isAboutState(message)) return { reason: "nothing_to_send" };
  const id = message.data.account.externalIds.hubspot;
  if (!id) return { reason: "no_external_id" };
  const filled = fillFields(fieldMap ?? HUBSPOT_FIELDS, toValues(message));
  const properties = Object.fromEntries(
    Object.entries(filled).map(([field, value]) => [field, value === null ? "" : String(value)]),
  );
  const path = `/crm/v3/objects/companies/${encodeURIComponent(id)}`;
  return toJsonRequest("PATCH", new URL(path, url).href, {
    headers: bearer(credentials),
    body: { properties },
  });
};
