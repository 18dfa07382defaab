import { Problem } from "../problem.ts";

/** Lets work in, so much at a time. */
export type Turns = <Result>(work: () => Promise<Result>) => Promise<Result>;

/**
 * Work that costs memory, bounded: some at once, some waiting, and nobody beyond.
 *
 * @returns what runs work in its turn; throws a {@link Problem} (unavailable) when too many wait
 */
export function createTurns({ atOnce, waiting: most }: { atOnce: number; waiting: number }): Turns {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= most) {
        throw new Problem("unavailable", "Too many people sign in at this moment; try again.", {
          retryAfterSeconds: 10,
        });
      }
      // Whoever ends hands its place on, so that nobody slips in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
