/** The collector itself, as `telltale serve` runs it with TELLTALE_ROLE=ingest. */

import { parseConfig } from "../../collector/dist/config.js";
import { serve } from "../../collector/dist/serve.js";

const collector = await serve(
  parseConfig({
    DATABASE_URL: process.env.DATABASE_URL,
    DATA_DIR: process.env.DATA_DIR,
    PORT: process.env.PORT ?? "0",
    TELLTALE_ROLE: "ingest",
    TELLTALE_DEMO: "0",
    TELLTALE_WRITE_KEY: "wk_bench_write_key",
    TELLTALE_SECRET_KEY: "sk_bench_secret_key",
    APP_SECRET: "a secret of at least thirty-two characters",
    LOG_LEVEL: process.env.LOG_LEVEL ?? "info",
  }),
);
process.on("message", () =>
  process.send({ cpu: process.cpuUsage(), rss: process.memoryUsage.rss() }),
);
process.on("SIGTERM", async () => {
  await collector.stop();
  process.exit(0);
});
process.send({ port: Number(new URL(collector.url).port) });
