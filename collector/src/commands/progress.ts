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
