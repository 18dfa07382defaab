/**
 * Currencies without a smaller unit. Stripe counts UGX and ISK, which have none either, in hundredths.
 *
 * @see https://docs.stripe.com/currencies#minor-units
 */
const WHOLE: ReadonlySet<string> = new Set(
  "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "),
);
const THOUSANDTHS: ReadonlySet<string> = new Set("bhd jod kwd omr tnd".split(" "));

/**
 * An amount in its currency's main unit.
 *
 * @param amount - in the smallest unit, as Stripe counts
 * @param currency - ISO 4217; null where it is not said, which counts as one with hundredths
 */
export function toMainUnit(amount: number, currency: string | null): number {
  const code = (currency ?? "").toLowerCase();
  return amount / (WHOLE.has(code) ? 1 : THOUSANDTHS.has(code) ? 1_000 : 100);
}
