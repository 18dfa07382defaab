/**
 * Monotone regression, by pooling adjacent violators.
 *
 * @module
 */

/** One step of a fitted curve. */
export interface IsotonicStep {
  /** Smallest and largest x that were pooled. */
  from: number;
  to: number;
  /** Mean of their y. */
  value: number;
  /** How many cases. */
  n: number;
}

/**
 * The never-falling curve closest to the points by least squares.
 *
 * @param points - in any order; equal x are pooled first
 * @returns steps by growing x
 * @see https://doi.org/10.18637/jss.v032.i05
 */
export function fitIsotonic(points: readonly { x: number; y: number }[]): IsotonicStep[] {
  const ordered = [...points].sort((a, b) => a.x - b.x);
  const steps: IsotonicStep[] = [];
  for (let i = 0; i < ordered.length; ) {
    const { x } = ordered[i] as { x: number; y: number };
    let sum = 0;
    const first = i;
    while (i < ordered.length && ordered[i]?.x === x) sum += (ordered[i++] as { y: number }).y;
    let step: IsotonicStep = { from: x, to: x, value: sum / (i - first), n: i - first };
    for (let last = steps.at(-1); last && last.value >= step.value; last = steps.at(-1)) {
      steps.pop();
      const n = last.n + step.n;
      step = {
        from: last.from,
        to: step.to,
        value: (last.value * last.n + step.value * step.n) / n,
        n,
      };
    }
    steps.push(step);
  }
  return steps;
}

/**
 * The curve at x: constant within a step, linear between two, flat outside.
 *
 * @param steps - of {@link fitIsotonic}, at least one
 * @throws {RangeError} if there are no steps
 */
export function isotonicValue(steps: readonly IsotonicStep[], x: number): number {
  const first = steps[0];
  if (!first) throw new RangeError("isotonicValue requires at least one step, got none");
  let before = first;
  for (const step of steps) {
    if (x < step.from) {
      if (step === first) return first.value;
      const share = (x - before.to) / (step.from - before.to);
      return before.value + share * (step.value - before.value);
    }
    if (x <= step.to) return step.value;
    before = step;
  }
  return before.value;
}
