/**
 * Things that wait for their turn.
 *
 * @module
 */

/** Gives out the first of what waits, whatever came when. */
export interface Queue<Item> {
  push(item: Item): void;
  /** Takes out the first; undefined when nothing waits. */
  pop(): Item | undefined;
}

/**
 * A binary heap: both `push` and `pop` take steps in the logarithm of what waits.
 *
 * @param compare - below 0 if `a` comes before `b`; as `Array.sort` has it
 */
export function createQueue<Item>(compare: (a: Item, b: Item) => number): Queue<Item> {
  const heap: Item[] = [];
  /** Moves an item from a place that is free up or down to where it belongs. */
  const settle = (item: Item, free: number): void => {
    let place = free;
    for (;;) {
      const above = (place - 1) >> 1;
      if (place === 0 || compare(item, heap[above] as Item) >= 0) break;
      heap[place] = heap[above] as Item;
      place = above;
    }
    for (;;) {
      let below = 2 * place + 1;
      if (below + 1 < heap.length && compare(heap[below + 1] as Item, heap[below] as Item) < 0) {
        below++;
      }
      if (below >= heap.length || compare(heap[below] as Item, item) >= 0) break;
      heap[place] = heap[below] as Item;
      place = below;
    }
    heap[place] = item;
  };
  return {
    push(item) {
      heap.push(item);
      settle(item, heap.length - 1);
    },
    pop() {
      const first = heap[0];
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) settle(last, 0);
      return first;
    },
  };
}
