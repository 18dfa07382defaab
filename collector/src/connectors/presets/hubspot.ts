import { createHmac } from "node:crypto";
import { isEqualText, isFresh } from "../equal-text.ts";
import { readNumber, readText, readTime } from "../read-path.ts";
import type { InboundSignal, Preset } from "../signal.ts";

/**
 * Changed numbers of HubSpot companies: each property becomes the series `hubspot_<property>`. The
 * account is the one whose `externalIds.hubspot` is the company's id.
 *
 * @see https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
 */
export const hubspot: Preset = {
  isGenuine({ method, url, body, header, receivedAt }, secret) {
    const timestamp = header("x-hubspot-request-timestamp") ?? "";
    const signed = `${method}${url}${body}${timestamp}`;
    const expected = createHmac("sha256", secret).update(signed).digest("base64");
    return (
      isFresh(Number(timestamp || Number.NaN), receivedAt) &&
      isEqualText(header("x-hubspot-signature-v3") ?? "", expected)
    );
  },
  read(body): InboundSignal[] {
    return (Array.isArray(body) ? body : [body]).flatMap((change: unknown): InboundSignal[] => {
      const company = readText(change, "objectId");
      const property = readText(change, "propertyName");
      const value = readNumber(change, "propertyValue");
      const at = readTime(change, "occurredAt");
      const isChange = readText(change, "subscriptionType") === "company.propertyChange";
      if (!isChange || company === null || property === null) return [];
      if (value === null || at === null) return [];
      const account = { by: "external", system: "hubspot", id: company } as const;
      return [{ kind: "observation", account, series: `hubspot_${property}`, value, at }];
    });
  },
};
