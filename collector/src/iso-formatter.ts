/**
 * Makes ISO 8601 texts of moments, in milliseconds since the epoch, for who asks for the same moment
 * many times in a row: a log of requests that share a commit, messages that share a request.
 */
export function createIsoFormatter(): (ms: number) => string {
  let lastMs = Number.NaN;
  let lastText = "";
  return (ms) => {
    if (ms !== lastMs) {
      lastText = new Date(ms).toISOString();
      lastMs = ms;
    }
    return lastText;
  };
}
