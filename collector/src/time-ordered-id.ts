import { randomFillSync } from "node:crypto";
import { v7 } from "uuid";

const ID_BYTES = 16;
/** Random bytes for 256 ids: asking the system for each id takes longer than all else of it. */
const pool = new Uint8Array(256 * ID_BYTES);
let used = pool.length;

/**
 * A fresh UUIDv7, for what gets many.
 *
 * @param ms - milliseconds since the epoch; ids of one millisecond are in no order
 */
export function createTimeOrderedId(ms = Date.now()): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += ID_BYTES;
  return v7({ msecs: ms, random: pool.subarray(used - ID_BYTES, used) });
}
