/**
 * The fastest of several runs of each function, in milliseconds; the functions take turns, so that a busy moment of the
 * machine falls on all of them.
 */
export function fastest(functions, rounds) {
  const best = functions.map(() => Number.POSITIVE_INFINITY);
  for (const run of functions) for (let warm = 0; warm < 3; warm++) run();
  for (let round = 0; round < rounds; round++) {
    functions.forEach((run, i) => {
      const start = performance.now();
      run();
      best[i] = Math.min(best[i], performance.now() - start);
    });
  }
  return best;
}
