import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The walks through every page take longest: begun last, they would keep one core waiting. */
const ORDER = ["pages", "chromium", "collector"];

/** Project after project: a worker keeps what it has loaded only while the next file is of the same one. */
class ByProject extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const named = new Set([...ORDER, ...sorted.map(({ project }) => project.name)]);
    return [...named].flatMap((name) => sorted.filter(({ project }) => project.name === name));
  }
}

/**
 * The files of a project share two processes, so that each of these loads the collector once. What a
 * test changes of its process it puts back.
 */
const shared = { isolate: false, pool: "forks" as const };

/** A busy machine takes long even for what it computes alone. */
const PATIENCE_MS = 20_000;

/** Looks for long tasks: has the machine to itself, after all others. */
const ALONE = ["sdk/test/hostile-browser.e2e.ts"];

const inRepoSource = {
  resolve: { conditions: ["source", "module", "node", "development|production"] },
  ssr: { resolve: { conditions: ["source", "module", "node", "development|production"] } },
};

/** The collector's tests and its pages' once more, on the cluster whose coordinator CITUS_URL names. */
const onCitus = {
  ...inRepoSource,
  test: {
    name: "citus",
    ...shared,
    include: ["collector/src/**/*.test.{ts,tsx}", "collector/test/**/*.{test,citus,e2e}.ts"],
    environment: "node" as const,
    globalSetup: ["collector/test/citus-setup.ts"],
    // Three Postgres on one machine, and a few milliseconds a statement.
    testTimeout: 180_000,
    hookTimeout: 240_000,
  },
};

export default defineConfig({
  test: {
    reporters: ["default", "./scripts/summary-reporter.ts"],
    // By default one core of two stays idle.
    maxWorkers: 2,
    sequence: { sequencer: ByProject },
    projects: [
      {
        ...inRepoSource,
        test: {
          name: "pure",
          ...shared,
          include: ["{protocol,scoring}/src/**/*.test.ts"],
          environment: "node",
          testTimeout: PATIENCE_MS,
        },
      },
      {
        ...inRepoSource,
        test: {
          name: "browser",
          ...shared,
          include: ["{sdk,widget}/src/**/*.test.ts"],
          environment: "happy-dom",
          testTimeout: PATIENCE_MS,
        },
      },
      {
        ...inRepoSource,
        test: {
          name: "collector",
          ...shared,
          include: [
            "collector/src/**/*.test.{ts,tsx}",
            "collector/test/**/*.test.ts",
            "examples/**/*.test.ts",
          ],
          environment: "node",
          globalSetup: ["collector/test/global-setup.ts"],
          testTimeout: PATIENCE_MS,
          hookTimeout: 60_000,
        },
      },
      {
        ...inRepoSource,
        test: {
          name: "chromium",
          ...shared,
          include: ["{sdk,widget,examples}/**/*.e2e.ts"],
          exclude: [...configDefaults.exclude, ...ALONE],
          environment: "node",
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...inRepoSource,
        test: {
          name: "alone",
          include: ALONE,
          environment: "node",
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...inRepoSource,
        test: {
          name: "pages",
          ...shared,
          include: ["collector/**/*.e2e.ts"],
          environment: "node",
          globalSetup: ["collector/test/global-setup.ts"],
          // A busy machine takes long to simulate a book and to look at each page of it.
          testTimeout: 180_000,
          hookTimeout: 240_000,
        },
      },
      ...(process.env.CITUS_URL ? [onCitus] : []),
    ],
  },
});
