import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The walks through every page take longest: begun last, they would keep one core waiting. */
class PagesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isOfPages = ({ project }: TestSpecification) => project.name === "pages";
    return [...sorted.filter(isOfPages), ...sorted.filter((file) => !isOfPages(file))];
  }
}

const inRepoSource = {
  resolve: { conditions: ["source", "module", "node", "development|production"] },
  ssr: { resolve: { conditions: ["source", "module", "node", "development|production"] } },
};

/** The collector's tests once more, on the cluster whose coordinator CITUS_URL names. */
const onCitus = {
  ...inRepoSource,
  test: {
    name: "citus",
    include: ["collector/src/**/*.test.{ts,tsx}", "collector/test/**/*.{test,citus}.ts"],
    environment: "node" as const,
    globalSetup: ["collector/test/citus-setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
};

export default defineConfig({
  test: {
    reporters: ["default", "./scripts/summary-reporter.ts"],
    // By default one core of two stays idle.
    maxWorkers: 2,
    sequence: { sequencer: PagesFirst },
    projects: [
      {
        ...inRepoSource,
        test: {
          name: "pure",
          include: ["{protocol,scoring}/src/**/*.test.ts"],
          environment: "node",
        },
      },
      {
        ...inRepoSource,
        test: {
          name: "browser",
          include: ["{sdk,widget}/src/**/*.test.ts"],
          environment: "happy-dom",
        },
      },
      {
        ...inRepoSource,
        test: {
          name: "collector",
          include: [
            "collector/src/**/*.test.{ts,tsx}",
            "collector/test/**/*.test.ts",
            "examples/**/*.test.ts",
          ],
          environment: "node",
          globalSetup: ["collector/test/global-setup.ts"],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...inRepoSource,
        test: {
          name: "chromium",
          include: ["{sdk,widget,examples}/**/*.e2e.ts"],
          environment: "node",
          globalSetup: ["collector/test/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // They watch what happens when: each has the machine to itself.
          fileParallelism: false,
        },
      },
      {
        ...inRepoSource,
        test: {
          name: "pages",
          include: ["collector/**/*.e2e.ts"],
          environment: "node",
          globalSetup: ["collector/test/global-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      ...(process.env.CITUS_URL ? [onCitus] : []),
    ],
  },
});
