/**
 * What an account pays a year, from its traits: `contract_value` or `arr` as they are, `mrr` times
 * 12; null where none is a number.
 */
export function yearlyValueOf(traits: Readonly<Record<string, unknown>>): number | null {
  return toNumber(traits.contract_value) ?? toNumber(traits.arr) ?? times12(toNumber(traits.mrr));
}

const toNumber = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;

const times12 = (monthly: number | null): number | null => (monthly === null ? null : 12 * monthly);
