import { createHmac } from "node:crypto";
import { isEqualText, isFresh } from "../equal-text.ts";
import { readNumber, readPath, readText, readTime } from "../read-path.ts";
import type { AccountReference, InboundSignal, Preset } from "../signal.ts";
import { toMainUnit } from "./stripe-amount.ts";

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
      case "customer.subscription.updated":
        return [{ kind: "observation", account, series: "mrr", value: monthlyRevenue(item), at }];
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

/** Of the intervals at which Stripe bills, by their names. */
const MONTHS: ReadonlyMap<string | null, number> = new Map([
  ["day", 12 / 365],
  ["week", 12 / 52],
  ["month", 1],
  ["year", 12],
]);

/** In the currency's main unit. */
function monthlyRevenue(subscription: unknown): number {
  const items = readPath(subscription, "items.data");
  const amount = (Array.isArray(items) ? items : []).reduce((sum: number, item: unknown) => {
    const each = readNumber(item, "price.unit_amount") ?? 0;
    const quantity = readNumber(item, "quantity") ?? 1;
    const intervals = readNumber(item, "price.recurring.interval_count") || 1;
    const months = MONTHS.get(readText(item, "price.recurring.interval")) ?? 1;
    return sum + (each * quantity) / (intervals * months);
  }, 0);
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
