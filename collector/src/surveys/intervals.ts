/** A number with its 95 % interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
  /** Answers that it rests on, 1 or more. */
  answers: number;
}

const Z = 1.959963984540054;

/**
 * A share of answers in percent, with Wilson's interval.
 *
 * @see https://doi.org/10.1080/01621459.1927.10502953
 */
export function estimateShare(count: number, answers: number): Estimate {
  const share = count / answers;
  const centre = share + (Z * Z) / (2 * answers);
  const reach = Z * Math.sqrt((share * (1 - share)) / answers + (Z * Z) / (4 * answers * answers));
  const scale = 1 + (Z * Z) / answers;
  return {
    value: 100 * share,
    low: 100 * Math.max(0, (centre - reach) / scale),
    high: 100 * Math.min(1, (centre + reach) / scale),
    answers,
  };
}

/**
 * A Net Promoter Score, −100 to 100, with the adjusted Wald interval: three answers are added, a
 * quarter of them promoters and a quarter detractors, which keeps its promise for few answers too.
 *
 * @see Rocks, Interval Estimation for the "Net Promoter Score", The American Statistician 70 (2016)
 */
export function estimateNps(promoters: number, detractors: number, answers: number): Estimate {
  const total = answers + 3;
  const up = (promoters + 0.75) / total;
  const down = (detractors + 0.75) / total;
  const reach = Z * Math.sqrt((up + down - (up - down) ** 2) / total);
  return {
    value: (100 * (promoters - detractors)) / answers,
    low: 100 * Math.max(-1, up - down - reach),
    high: 100 * Math.min(1, up - down + reach),
    answers,
  };
}

/** Student's t at 97.5 %; exact for 1 and 2 degrees, else its expansion around the normal (error < 0.3 %). */
function tQuantile(degrees: number): number {
  if (degrees === 1) return 12.706204736174694;
  if (degrees === 2) return 4.302652729749464;
  const z = Z;
  return (
    z +
    (z ** 3 + z) / (4 * degrees) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * degrees ** 3)
  );
}

/**
 * The mean of marks with Student's interval, cut at the ends of the scale. Where answers agree by chance the
 * spread counts as half a mark over their root; a single answer says nothing of the spread.
 *
 * @param counts - answers by mark
 */
export function estimateMean(
  counts: ReadonlyMap<number, number>,
  [lowest, highest]: [number, number],
): Estimate {
  let answers = 0;
  let sum = 0;
  for (const [mark, count] of counts) {
    answers += count;
    sum += mark * count;
  }
  const mean = sum / answers;
  let squares = 0;
  for (const [mark, count] of counts) squares += count * (mark - mean) ** 2;
  if (answers === 1) return { value: mean, low: lowest, high: highest, answers };
  const deviation = Math.sqrt(squares / (answers - 1));
  const reach =
    (tQuantile(answers - 1) * Math.max(deviation, 0.5 / Math.sqrt(answers))) / Math.sqrt(answers);
  return {
    value: mean,
    low: Math.max(lowest, mean - reach),
    high: Math.min(highest, mean + reach),
    answers,
  };
}

/**
 * The difference of two independent estimates, with an interval made from theirs.
 *
 * @see Newcombe, Interval estimation for the difference between independent proportions, Statistics in
 *   Medicine 17 (1998), method 10
 */
export function differenceOf(now: Estimate, before: Estimate): Omit<Estimate, "answers"> {
  const value = now.value - before.value;
  return {
    value,
    low: value - Math.hypot(now.value - now.low, before.high - before.value),
    high: value + Math.hypot(now.high - now.value, before.value - before.low),
  };
}
