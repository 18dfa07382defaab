/**
 * Small systems of linear equations.
 *
 * @module
 */

/**
 * Solves A·x = b for a symmetric positive definite A, by Cholesky's factorisation.
 *
 * @param matrix - A, row by row
 * @param right - b
 * @throws {RangeError} if A is not positive definite
 */
export function solvePositive(
  matrix: readonly Float64Array[],
  right: ArrayLike<number>,
): Float64Array {
  const n = right.length;
  const factor = matrix.map((row) => Float64Array.from(row));
  for (let i = 0; i < n; i++) {
    const row = factor[i] as Float64Array;
    for (let j = 0; j <= i; j++) {
      const other = factor[j] as Float64Array;
      let sum = row[j] as number;
      for (let k = 0; k < j; k++) sum -= (row[k] as number) * (other[k] as number);
      if (i === j) {
        if (!(sum > 0)) throw new RangeError("solvePositive requires a positive definite matrix");
        row[i] = Math.sqrt(sum);
      } else row[j] = sum / (other[j] as number);
    }
  }
  const solution = Float64Array.from({ length: n }, (_, i) => right[i] as number);
  for (let i = 0; i < n; i++) {
    const row = factor[i] as Float64Array;
    let sum = solution[i] as number;
    for (let k = 0; k < i; k++) sum -= (row[k] as number) * (solution[k] as number);
    solution[i] = sum / (row[i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = solution[i] as number;
    for (let k = i + 1; k < n; k++) {
      sum -= ((factor[k] as Float64Array)[i] as number) * (solution[k] as number);
    }
    solution[i] = sum / ((factor[i] as Float64Array)[i] as number);
  }
  return solution;
}
