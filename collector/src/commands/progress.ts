import { Presets, SingleBar } from "cli-progress";

/** A progress bar on standard error; plain lines where that is no terminal, nothing with `--json`. */
export interface Progress {
  update(done: number, all?: number): void;
  stop(): void;
}

export function createProgress(
  label: string,
  all: number,
  options: { json?: true | undefined },
): Progress {
  if (options.json) return { update: () => {}, stop: () => {} };
  const bar = new SingleBar(
    {
      format: `${label} {bar} {percentage} % | {value} of {total} | {duration_formatted}`,
      stream: process.stderr,
      noTTYOutput: true,
      notTTYSchedule: 5_000,
    },
    Presets.shades_classic,
  );
  bar.start(all, 0);
  return {
    update(done, total) {
      if (total !== undefined) bar.setTotal(total);
      bar.update(done);
    },
    stop: () => bar.stop(),
  };
}

/** The progress of a look at the past: first all is read and judged, then samples are drawn. */
export interface EvaluationProgress {
  onProgress(done: number, total: number): void;
  onShare(share: number): void;
  stop(): void;
}

/** A bar for each of the two parts, the second from its beginning on. */
export function createEvaluationProgress(options: { json?: true | undefined }): EvaluationProgress {
  let bar = createProgress("Reading and judging", 1, options);
  let isDrawing = false;
  return {
    onProgress: (done, total) => bar.update(done, total),
    onShare(share) {
      if (!isDrawing) {
        bar.stop();
        bar = createProgress("Drawing intervals, %", 100, options);
        isDrawing = true;
      }
      bar.update(Math.floor(100 * share));
    },
    stop: () => bar.stop(),
  };
}
