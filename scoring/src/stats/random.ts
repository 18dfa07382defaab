/**
 * Numbers that look random and are the same for the same seed.
 *
 * @module
 */

import { stableHash } from "../stable-hash.ts";

/** A stream of pseudo-random numbers. */
export interface Random {
  /** The next 32 bits, as an integer of 0 or more. */
  bits(): number;
  /** Uniform, from 0 up to but not including 1, in steps of 2⁻³². */
  uniform(): number;
  /** Uniform integer from 0 up to but not including `below`. */
  integer(below: number): number;
  /** Standard normal, by Marsaglia's polar method. */
  normal(): number;
  /** Poisson with the given mean, 0 or more. */
  poisson(mean: number): number;
}

const MULTIPLIER_HIGH = 0x5851f42d;
const MULTIPLIER_LOW = 0x4c957f2d;

/**
 * PCG32 (XSH-RR), a small generator of good quality with a published reference.
 *
 * @param seed - a text, or state and stream as four 32-bit words: high and low of each
 * @see https://www.pcg-random.org
 */
export function createRandom(seed: string | readonly [number, number, number, number]): Random {
  const [seedHigh, seedLow, streamHigh, streamLow] =
    typeof seed === "string" ? wordsOf(seed) : seed;
  const incrementHigh = ((streamHigh << 1) | (streamLow >>> 31)) >>> 0;
  const incrementLow = ((streamLow << 1) | 1) >>> 0;
  let high = 0;
  let low = 0;

  const add = (otherHigh: number, otherLow: number): void => {
    const sum = low + otherLow;
    low = sum >>> 0;
    high = (high + otherHigh + (sum > 0xffffffff ? 1 : 0)) >>> 0;
  };
  const step = (): void => {
    const carry = highProduct(low, MULTIPLIER_LOW);
    high = (carry + Math.imul(low, MULTIPLIER_HIGH) + Math.imul(high, MULTIPLIER_LOW)) >>> 0;
    low = Math.imul(low, MULTIPLIER_LOW) >>> 0;
    add(incrementHigh, incrementLow);
  };
  step();
  add(seedHigh, seedLow);
  step();

  const bits = (): number => {
    const oldHigh = high;
    const oldLow = low;
    step();
    const mixedHigh = (oldHigh >>> 18) ^ oldHigh;
    const mixedLow = ((oldLow >>> 18) | (oldHigh << 14)) ^ oldLow;
    const shifted = ((mixedHigh << 5) | (mixedLow >>> 27)) >>> 0;
    const rotation = oldHigh >>> 27;
    return ((shifted >>> rotation) | (shifted << (-rotation & 31))) >>> 0;
  };
  const uniform = (): number => bits() / 0x1_0000_0000;
  const normal = (): number => {
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
    }
  };
  return {
    bits,
    uniform,
    normal,
    integer: (below) => Math.floor(uniform() * below),
    poisson: (mean) => {
      // Knuth's product underflows for large means, where the normal approximation is close.
      if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
      const limit = Math.exp(-mean);
      let count = 0;
      for (let product = uniform(); product > limit; product *= uniform()) count++;
      return count;
    },
  };
}

function wordsOf(seed: string): [number, number, number, number] {
  const state = stableHash(seed);
  const stream = stableHash(`stream ${seed}`);
  const word = (text: string): number => Number.parseInt(text, 16);
  return [
    word(state.slice(0, 8)),
    word(state.slice(8)),
    word(stream.slice(0, 8)),
    word(stream.slice(8)),
  ];
}

/** The high 32 bits of the product of two 32-bit integers. */
function highProduct(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  const cross = aLow * bHigh + (middle & 0xffff);
  return (aHigh * bHigh + (middle >>> 16) + (cross >>> 16)) >>> 0;
}
