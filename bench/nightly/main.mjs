/**
 * `npm run bench:nightly [-- accounts,… [days]]`: the nightly run, database included, beside one
 * bare `GROUP BY account, subject, day` over the same rows, streamed to the same client; and how
 * its memory grows from the first size to the others. Ends with 1 where a goal is not met.
 */

import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createDatabase } from "../../collector/dist/db/client.js";
import { startEmbeddedPostgres } from "../../collector/dist/db/embedded/start.js";
import { migrate } from "../../collector/dist/db/migrate.js";
import { createProject } from "../../collector/dist/projects/create-project.js";
import { fromCollector } from "../collector/load-pg.mjs";
import { fill } from "./fill.mjs";

const sizes = (process.argv[2] ?? "500,2000").split(",").map(Number);
const days = Number(process.argv[3] ?? 90);
const runFile = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), "telltale-bench-"));
const server = await startEmbeddedPostgres({ dataDir: folder, settings: ["max_wal_size=4GB"] });
await migrate(server.url);
const database = createDatabase(server.url);
// Filling and the reference are longer than a statement of the collector may be.
const { default: postgres } = await fromCollector("postgres");
const plain = postgres(server.url, { max: 1, onnotice: () => {} });

async function streamGroupBy(projectId) {
  const startedAt = performance.now();
  let rows = 0;
  const query = plain`
    SELECT account_id, subject, day, sum(count) AS count FROM daily_usage
    WHERE project_id = ${projectId} GROUP BY account_id, subject, day`;
  await query.cursor(5_000, (page) => {
    rows += page.length;
  });
  return { ms: performance.now() - startedAt, rows };
}

async function inOwnProcess(projectId, wanted) {
  const script = join(import.meta.dirname, "run-nightly.mjs");
  const flags = wanted === "live" ? ["--expose-gc"] : [];
  const { stdout } = await runFile(process.execPath, [
    ...flags,
    script,
    server.url,
    projectId,
    wanted,
  ]);
  return JSON.parse(stdout);
}

/** Most of the time of the bare statement, and of one account. */
const MOST_RATIO = 3;
const MOST_ONE_MS = 20;
/** Live memory may differ by a page of accounts between sizes, not grow with them. */
const MOST_GROWTH = 1.5;

const HEADS = [
  "accounts",
  "usage rows",
  "GROUP BY ms",
  "nightly ms",
  "ratio",
  "ms/account",
  "one, ms",
  "live MB",
  "×",
  "resident MB",
  "×",
];
const line = (...cells) => console.log(cells.map((cell) => String(cell).padStart(13)).join(""));
try {
  line(...HEADS);
  let first = null;
  for (const accounts of sizes) {
    const { project } = await createProject(database.db, () => Date.now(), {
      name: `Bench ${accounts}`,
    });
    await fill(plain, project.id, { accounts, days });
    const [{ count }] =
      await plain`SELECT count(*)::int FROM daily_usage WHERE project_id = ${project.id}`;
    await streamGroupBy(project.id);
    const references = [await streamGroupBy(project.id), await streamGroupBy(project.id)];
    const reference = Math.min(...references.map(({ ms }) => ms));
    const timed = await inOwnProcess(project.id, "time");
    const { before, peak } = await inOwnProcess(project.id, "live");
    first ??= { peak, resident: timed.residentMb };
    line(
      accounts,
      count,
      reference.toFixed(0),
      timed.ms.toFixed(0),
      (timed.ms / reference).toFixed(2),
      (timed.ms / accounts).toFixed(2),
      timed.oneMs.toFixed(1),
      `${before.toFixed(0)} → ${peak.toFixed(0)}`,
      (peak / first.peak).toFixed(2),
      timed.residentMb.toFixed(0),
      (timed.residentMb / first.resident).toFixed(2),
    );
    const isMet =
      timed.ms <= MOST_RATIO * reference &&
      timed.oneMs <= MOST_ONE_MS &&
      peak <= MOST_GROWTH * first.peak;
    if (!isMet) process.exitCode = 1;
  }
  console.log(
    `goals: ratio ≤ ${MOST_RATIO}, one account ≤ ${MOST_ONE_MS} ms, live × ≤ ${MOST_GROWTH}: ${process.exitCode ? "NOT met" : "met"}`,
  );
  console.log(
    "live: reachable after a collection, before the run and at its most; resident: the most that the process had",
  );
} finally {
  await plain.end();
  await database.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
