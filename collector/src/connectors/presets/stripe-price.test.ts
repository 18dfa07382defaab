import { describe, expect, it } from "vitest";
import { toMonthlyAmount } from "./stripe-price.ts";

const monthly = { interval: "month" };
const licensed = (price: object, quantity = 1) => ({
  quantity,
  price: { recurring: monthly, ...price },
});
const metered = { price: { unit_amount: 5, recurring: { ...monthly, usage_type: "metered" } } };
const tiers = [
  { up_to: 10, unit_amount: 100, flat_amount: 500 },
  { up_to: 20, unit_amount: null, unit_amount_decimal: "50.5" },
  { up_to: null, unit_amount: 10 },
];
const tiered = { billing_scheme: "tiered", unit_amount: null, tiers };
const packages = { unit_amount: 300, transform_quantity: { divide_by: 10, round: "up" } };

describe("what a subscription costs a month", () => {
  it.each<[string, object[], number | null]>([
    ["fractions of a cent", [licensed({ unit_amount: null, unit_amount_decimal: "0.5" }, 100)], 50],
    ["packages", [licensed(packages, 35)], 1_200],
    ["every second month", [licensed({ unit_amount: 8, recurring: { interval_count: 2 } })], 4],
    ["graduated tiers", [licensed({ ...tiered, tiers_mode: "graduated" }, 25)], 2_055],
    ["their first tier", [licensed({ ...tiered, tiers_mode: "graduated" }, 10)], 1_500],
    ["nothing of them yet", [licensed({ ...tiered, tiers_mode: "graduated" }, 0)], 500],
    ["volume tiers", [licensed({ ...tiered, tiers_mode: "volume" }, 20)], 1_010],
    ["their last tier", [licensed({ ...tiered, tiers_mode: "volume" }, 30)], 300],
    ["a free plan", [licensed({ unit_amount: 0 })], 0],
    ["no items", [], 0],
    ["usage beside a price", [metered, licensed({ unit_amount: 700 })], 700],
    ["usage alone", [metered], null],
    ["tiers that were not sent", [licensed({ billing_scheme: "tiered", unit_amount: null })], null],
    ["what the payer chooses", [licensed({ unit_amount: null, custom_unit_amount: {} })], null],
  ])("of %s", (_, items, amount) => {
    expect(toMonthlyAmount(items)).toBe(amount);
  });
});
