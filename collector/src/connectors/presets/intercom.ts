import { createHmac } from "node:crypto";
import { isEqualText } from "../equal-text.ts";
import { readNumber, readPath, readText, readTime } from "../read-path.ts";
import { type AccountReference, type InboundSignal, type Preset, toValue100 } from "../signal.ts";

/**
 * Conversations of Intercom: started ones, and their ratings from 1 to 5. The account is the one
 * of the user whose id Intercom knows as `external_id`.
 *
 * @see https://developers.intercom.com/docs/references/webhooks/webhook-models
 */
export const intercom: Preset = {
  isGenuine({ body, header }, secret) {
    const expected = `sha1=${createHmac("sha1", secret).update(body).digest("hex")}`;
    return isEqualText(header("x-hub-signature") ?? "", expected);
  },
  read(body): InboundSignal[] {
    const item = readPath(body, "data.item");
    const at = readTime(body, "created_at");
    const userId =
      readText(item, "contacts.contacts.0.external_id") ?? readText(item, "user.user_id");
    if (at === null || userId === null) return [];
    const account: AccountReference = { by: "user", id: userId };
    const topic = readText(body, "topic");
    if (topic === "conversation.user.created") {
      return [{ kind: "observation", account, series: "conversations_opened", value: 1, at }];
    }
    const value = readNumber(item, "conversation_rating.rating");
    if (topic !== "conversation.rating.added" || value === null || value < 1 || value > 5)
      return [];
    return [
      {
        kind: "response",
        account,
        measure: "csat",
        value,
        value100: toValue100("csat", value),
        userId,
        text: readText(item, "conversation_rating.remark"),
        at,
        id: readText(item, "id") ?? at,
      },
    ];
  },
};
