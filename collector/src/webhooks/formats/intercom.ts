import { bearer, type Format, toJsonRequest } from "./format.ts";
import { cutTexts, type FieldMap, fillFields, isAboutState, toValues } from "./message-values.ts";

/** Custom attributes of companies in Intercom; they must exist there. */
export const INTERCOM_FIELDS: FieldMap = {
  telltale_score: "score",
  telltale_tier: "tier",
  telltale_top_driver: "topDriver",
  telltale_link: "link",
  telltale_alert: "alertSummary",
};

const API_VERSION = "2.11";
/** Longest text of a custom attribute. */
const MAX_TEXT = 255;

/**
 * Creates or updates the company whose `company_id` is `externalIds.intercom`, or the account's id
 * where there is none: Intercom's own key for companies is the id that your product gave them.
 *
 * The company shows there once a person belongs to it.
 *
 * @see https://developers.intercom.com/docs/references/2.11/rest-api/api.intercom.io/companies/createorupdatecompany
 */
export const toIntercom: Format = ({ message, url, credentials, fieldMap }) => {
  if (!isAboutState(message)) return { reason: "nothing_to_send" };
  const { account } = message.data;
  const filled = fillFields(fieldMap ?? INTERCOM_FIELDS, toValues(message));
  return toJsonRequest("POST", new URL("/companies", url).href, {
    headers: { ...bearer(credentials), "intercom-version": API_VERSION },
    body: {
      company_id: account.externalIds.intercom ?? account.id,
      ...(account.name !== null && { name: account.name }),
      custom_attributes: cutTexts(filled, MAX_TEXT),
    },
  });
};
