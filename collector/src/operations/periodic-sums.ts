/** Sums in memory that are written every few seconds. */
export interface PeriodicSums<Row> {
  add(row: Row): void;
  /** Writes what was summed since the last time. */
  flush(): Promise<void>;
  /** Writes for the last time; what cannot be written is told, and lost. */
  stop(): Promise<void>;
}

interface SumOptions<Row> {
  everyMs: number;
  keyOf(row: Row): string;
  addTo(sum: Row, row: Row): void;
  /** All rows or none: after a fault they are written again. The order is that of their keys. */
  write(rows: Row[]): Promise<void>;
  onFault(error: unknown): void;
}

/**
 * Sums rows of one key in memory, so that counting is no work for a request, and no row of the
 * database is waited for. A process that dies loses what it summed since the last write.
 */
export function createPeriodicSums<Row extends object>(
  options: SumOptions<Row>,
): PeriodicSums<Row> {
  const { everyMs, keyOf, addTo, write, onFault } = options;
  let sums = new Map<string, Row>();
  let last: Promise<void> = Promise.resolve();
  const timer = setInterval(() => void flush().catch(onFault), everyMs);
  timer.unref();

  function add(row: Row): void {
    const key = keyOf(row);
    const sum = sums.get(key);
    if (sum) addTo(sum, row);
    else sums.set(key, { ...row });
  }

  async function writeAll(): Promise<void> {
    if (sums.size === 0) return;
    // One order everywhere, so that processes don't wait in circles.
    const rows = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    sums = new Map();
    try {
      await write(rows);
    } catch (error) {
      for (const row of rows) add(row);
      throw error;
    }
  }

  /** One at a time: the last write ends after the others. */
  function flush(): Promise<void> {
    const written = last.then(writeAll);
    last = written.catch(() => {});
    return written;
  }

  return {
    add,
    flush,
    async stop() {
      clearInterval(timer);
      await flush().catch(onFault);
    },
  };
}
