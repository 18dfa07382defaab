/**
 * Calls something that may throw: the browser's own parts when denied, broken or patched, and
 * functions of the host page.
 *
 * @param onError - gets what was thrown
 * @returns the result; undefined when it threw
 */
export function attempt<Result>(
  action: () => Result,
  onError?: (error: unknown) => void,
): Result | undefined {
  try {
    return action();
  } catch (error) {
    onError?.(error);
  }
}
