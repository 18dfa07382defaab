import { createHmac } from "node:crypto";
import { isEqualText, isFresh } from "../equal-text.ts";
import { readNumber, readPath, readText, readTime } from "../read-path.ts";
import type { AccountReference, InboundSignal, Preset } from "../signal.ts";
import { toMainUnit } from "./stripe-amount.ts";
import { toMonthlyAmount } from "./stripe-price.ts";

/**
 * Subscriptions and invoices of Stripe: monthly revenue, failed payments, cancellations, yearly
 * renewals. The account is `metadata.account_id`, else the one whose `externalIds.stripe` is the
 * Stripe customer.
 *
 * @see https://docs.stripe.com/webhooks#verify-manually
 */
export const stripe: Preset = {
  isGenuine({ body, header, receivedAt }, secret) {
    const parts = (header("stripe-signature") ?? "").split(",").map((part) => part.split("=", 2));
    const timestamp = parts.find(([name]) => name === "t")?.[1] ?? "";
    const expected = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
    const isSigned = parts.some(
      ([name, value = ""]) => name === "v1" && isEqualText(value, expected),
    );
    return isSigned && isFresh(Number(timestamp || Number.NaN) * 1_000, receivedAt);
  },
  read(body): InboundSignal[] {
    const item = readPath(body, "data.object");
    const at = readTime(body, "created");
    const account = accountOf(item);
    if (at === null || account === null) return [];
    switch (readText(body, "type")) {
      case "customer.subscription.created":
      case "customer.subscription.updated": {
        const value = monthlyRevenue(item);
        return value === null ? [] : [{ kind: "observation", account, series: "mrr", value, at }];
      }
      case "customer.subscription.deleted":
        return [
          { kind: "outcome", account, outcome: "churned", at, value: 0 },
          { kind: "observation", account, series: "mrr", value: 0, at },
        ];
      case "invoice.payment_failed":
        return [{ kind: "observation", account, series: "payment_failures", value: 1, at }];
      case "invoice.paid":
        return isYearlyRenewal(item)
          ? [{ kind: "outcome", account, outcome: "renewed", at, value: paid(item) }]
          : [];
      default:
        return [];
    }
  },
};

function accountOf(item: unknown): AccountReference | null {
  const own = readText(item, "metadata.account_id");
  if (own !== null) return { by: "id", id: own };
  const payer = readText(item, "customer") ?? readText(item, "customer.id");
  return payer === null ? null : { by: "external", system: "stripe", id: payer };
}

/**
 * In the currency's main unit.
 *
 * @returns null where the subscription does not tell
 */
function monthlyRevenue(subscription: unknown): number | null {
  const items = readPath(subscription, "items.data");
  const amount = toMonthlyAmount(Array.isArray(items) ? items : []);
  if (amount === null) return null;
  const currency = readText(subscription, "currency") ?? readText(items, "0.price.currency");
  return Math.round(toMainUnit(amount, currency) * 100) / 100;
}

function isYearlyRenewal(invoice: unknown): boolean {
  const start = readNumber(invoice, "lines.data.0.period.start") ?? 0;
  const end = readNumber(invoice, "lines.data.0.period.end") ?? 0;
  return readText(invoice, "billing_reason") === "subscription_cycle" && end - start > 300 * 86_400;
}

function paid(invoice: unknown): number | null {
  const amount = readNumber(invoice, "amount_paid");
  return amount === null ? null : toMainUnit(amount, readText(invoice, "currency"));
}
