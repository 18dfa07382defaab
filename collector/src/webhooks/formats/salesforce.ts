import { bearer, type Format, toJsonRequest } from "./format.ts";
import { cutTexts, type FieldMap, fillFields, isAboutState, toValues } from "./message-values.ts";

/** Custom fields to create on Account. */
export const SALESFORCE_FIELDS: FieldMap = {
  Telltale_Score__c: "score",
  Telltale_Tier__c: "tier",
  Telltale_Top_Driver__c: "topDriver",
  Telltale_Link__c: "link",
  Telltale_Alert__c: "alertSummary",
};

const API = "/services/data/v61.0/sobjects/Account";
/** Longest value of a plain text field; a longer one fails the whole update. */
const MAX_TEXT = 255;
/** Fifteen characters, or eighteen with a checksum. */
const RECORD_ID = /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/;

/**
 * Updates the Account of `externalIds.salesforce`: a record id, or `Field__c/value` of an external
 * id field. The URL is that of the org, for instance `https://acme.my.salesforce.com`. By an
 * external id Salesforce creates what it does not find, unless it is told to update only.
 *
 * @see https://developer.salesforce.com/docs/platform/api-rest/guide/resources-sobject-retrieve-patch.html
 * @see https://developer.salesforce.com/docs/platform/api-rest/guide/dome-upsert.html
 */
export const toSalesforce: Format = ({ message, url, credentials, fieldMap }) => {
  if (!isAboutState(message)) return { reason: "nothing_to_send" };
  const id = message.data.account.externalIds.salesforce;
  if (!id) return { reason: "no_external_id" };
  const [field, ...rest] = id.split("/");
  const path = RECORD_ID.test(id)
    ? `${API}/${id}`
    : `${API}/${encodeURIComponent(field ?? "")}/${encodeURIComponent(rest.join("/"))}?updateOnly=true`;
  if (!RECORD_ID.test(id) && rest.length === 0) return { reason: "no_external_id" };
  return toJsonRequest("PATCH", new URL(path, url).href, {
    headers: bearer(credentials),
    body: cutTexts(fillFields(fieldMap ?? SALESFORCE_FIELDS, toValues(message)), MAX_TEXT),
  });
};
