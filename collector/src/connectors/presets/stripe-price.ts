import { readNumber, readPath, readText } from "../read-path.ts";

/** Of the intervals at which Stripe bills, by their names. */
const MONTHS: ReadonlyMap<string | null, number> = new Map([
  ["day", 12 / 365],
  ["week", 12 / 52],
  ["month", 1],
  ["year", 12],
]);

/**
 * What the items of a subscription cost a month, in the currency's smallest unit. What is billed by
 * usage is left out: no subscription tells how much that will be.
 *
 * @returns null where an amount, or all of them, can't be told, as of tiers that were not sent along
 * @see https://docs.stripe.com/api/prices/object
 */
export function toMonthlyAmount(items: readonly unknown[]): number | null {
  const fixed = items.filter((item) => readText(item, "price.recurring.usage_type") !== "metered");
  if (fixed.length === 0 && items.length > 0) return null;
  let sum = 0;
  for (const item of fixed) {
    const amount = toAmount(readPath(item, "price"), readNumber(item, "quantity") ?? 1);
    if (amount === null) return null;
    const intervals = readNumber(item, "price.recurring.interval_count") || 1;
    const months = MONTHS.get(readText(item, "price.recurring.interval")) ?? 1;
    sum += amount / (intervals * months);
  }
  return sum;
}

function toAmount(price: unknown, quantity: number): number | null {
  if (readText(price, "billing_scheme") !== "tiered") {
    const each = readAmount(price, "unit_amount");
    return each === null ? null : each * toPackages(price, quantity);
  }
  const tiers = readPath(price, "tiers");
  if (!Array.isArray(tiers) || tiers.length === 0) return null;
  return readText(price, "tiers_mode") === "volume"
    ? toVolumeAmount(tiers, quantity)
    : toGraduatedAmount(tiers, quantity);
}

/** Fractions of the smallest unit stand in the decimal alone. */
const readAmount = (holder: unknown, name: string): number | null =>
  readNumber(holder, name) ?? readNumber(holder, `${name}_decimal`);

function toPackages(price: unknown, quantity: number): number {
  const packages = quantity / (readNumber(price, "transform_quantity.divide_by") || 1);
  switch (readText(price, "transform_quantity.round")) {
    case "up":
      return Math.ceil(packages);
    case "down":
      return Math.floor(packages);
    default:
      return packages;
  }
}

/** The last tier has no bound. */
const boundOf = (tier: unknown): number => readNumber(tier, "up_to") ?? Number.POSITIVE_INFINITY;

const toTierAmount = (tier: unknown, units: number): number =>
  (readAmount(tier, "unit_amount") ?? 0) * units + (readAmount(tier, "flat_amount") ?? 0);

/** All units at the price of the tier that the quantity lies in. */
function toVolumeAmount(tiers: readonly unknown[], quantity: number): number | null {
  const tier = tiers.find((one) => quantity <= boundOf(one));
  return tier === undefined ? null : toTierAmount(tier, quantity);
}

/** Each unit at the price of the tier that it lies in. */
function toGraduatedAmount(tiers: readonly unknown[], quantity: number): number {
  let sum = 0;
  let from = 0;
  for (const tier of tiers) {
    if (quantity <= from && from > 0) break;
    const to = boundOf(tier);
    sum += toTierAmount(tier, Math.min(quantity, to) - from);
    from = to;
  }
  return sum;
}
