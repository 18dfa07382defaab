import type { Reporter, TestModule } from "vitest/node";

/** Prints what was left out, and the counts alone on the last line for machines to read. */
class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    let skipped = 0;
    for (const module of modules) {
      failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed += 1;
        else if (state === "failed") failed += 1;
        else skipped += 1;
      }
    }
    const citusPart = process.env.CITUS_URL
      ? ""
      : "The collector's tests were not run on a Citus cluster: CITUS_URL names none.\n";
    const skippedPart = skipped > 0 ? `, ${skipped} skipped` : "";
    setImmediate(() =>
      process.stdout.write(`\n${citusPart}${passed} passed, ${failed} failed${skippedPart}\n`),
    );
  }
}

// biome-ignore lint/style/noDefaultExport: Vitest loads a reporter by its default export.
export default SummaryReporter;
