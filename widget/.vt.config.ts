import { defineConfig } from "vitest/config";
export default defineConfig({
  root: "/work/main",
  resolve: { conditions: ["source", "module", "node", "development|production"] },
  ssr: { resolve: { conditions: ["source", "module", "node", "development|production"] } },
  test: {
    name: "chromium",
    include: ["{sdk,widget}/**/*.e2e.ts"],
    environment: "node",
    testTimeout: 60000,
    hookTimeout: 120000,
    fileParallelism: false,
  },
});
