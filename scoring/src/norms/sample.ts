/**
 * A part of a population that stands for all of it, in bounded memory.
 *
 * @module
 */

const FIRST_CAPACITY = 64;
/** Room for so many more than are kept, so that not every newcomer makes a sorting. */
const ROOM = 1.25;

/** Values of a population, of which the ones with the lowest places are kept. */
export interface Sample {
  /**
   * @param place - 0 to 1, evenly spread and no matter of the value: the hash of who has it
   * @param value - any number
   */
  add(place: number, value: number): void;
  /** Values that were added. */
  size(): number;
  /** Those that are kept, in no order. */
  values(): number[];
}

/**
 * Keeps the values with the lowest places (a bottom-k sample), so that the same population gives the same sample in
 * whatever order it comes. Takes 16 bytes a value: numbers alone, no ids.
 *
 * @param limit - values that are kept, 1 or more
 * @see https://doi.org/10.1145/1281100.1281110
 */
export function createSample(limit: number): Sample {
  const most = Math.ceil(limit * ROOM);
  let places: Float64Array = new Float64Array(Math.min(FIRST_CAPACITY, most));
  let kept: Float64Array = new Float64Array(places.length);
  let count = 0;
  let size = 0;
  let highest = Number.POSITIVE_INFINITY;

  const resize = (length: number): void => {
    places = copyOf(places, length);
    kept = copyOf(kept, length);
  };
  const cut = (): void => {
    const order = Uint32Array.from({ length: count }, (_, i) => i);
    // Two with one place are told apart by their values, or else are the same.
    order.sort((a, b) => at(places, a) - at(places, b) || at(kept, a) - at(kept, b));
    const lowest = order.subarray(0, limit);
    places.set(Float64Array.from(lowest, (i) => at(places, i)));
    kept.set(Float64Array.from(lowest, (i) => at(kept, i)));
    count = lowest.length;
    highest = at(places, count - 1);
  };
  return {
    add(place, value) {
      size++;
      if (place > highest) return;
      if (count === most) cut();
      else if (count === places.length) resize(Math.min(2 * count, most));
      places[count] = place;
      kept[count] = value;
      count++;
    },
    size: () => size,
    values() {
      if (count > limit) cut();
      return [...kept.subarray(0, count)];
    },
  };
}

const at = (list: Float64Array, i: number): number => list[i] as number;

function copyOf(list: Float64Array, length: number): Float64Array {
  const copy = new Float64Array(length);
  copy.set(list);
  return copy;
}
