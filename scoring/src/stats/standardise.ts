/**
 * Features on one scale.
 *
 * @module
 */

import { mean } from "./moments.ts";

/** Columns of mean 0 and variance 1, and how they came from the rows. */
export interface Standardised {
  columns: Float64Array[];
  means: number[];
  /** Standard deviations (divisor n); 1 for a column without spread. */
  deviations: number[];
}

/**
 * Standardises each feature.
 *
 * @param rows - at least one, all of one length
 * @throws {RangeError} if a feature is not finite, or a row has another length
 */
export function standardise(rows: readonly (readonly number[])[]): Standardised {
  const width = rows[0]?.length ?? 0;
  const result: Standardised = { columns: [], means: [], deviations: [] };
  for (const row of rows) {
    if (row.length !== width || !row.every(Number.isFinite)) {
      throw new RangeError(`standardise requires rows of ${width} finite numbers, got [${row}]`);
    }
  }
  for (let j = 0; j < width; j++) {
    const values = rows.map((row) => row[j] as number);
    const centre = mean(values);
    const spread = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
    const deviation = spread > 1e-12 * Math.max(1, Math.abs(centre)) ? spread : 1;
    result.columns.push(Float64Array.from(values, (value) => (value - centre) / deviation));
    result.means.push(centre);
    result.deviations.push(deviation);
  }
  return result;
}
