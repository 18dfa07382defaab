/**
 * `npm run bench:nightly [accounts]`: the nightly run, database included, beside one bare
 * `GROUP BY account, subject, day` over the same rows, streamed to the same client.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase } from "../../collector/dist/db/client.js";
import { startEmbeddedPostgres } from "../../collector/dist/db/embedded/start.js";
import { migrate } from "../../collector/dist/db/migrate.js";
import { createProject } from "../../collector/dist/projects/create-project.js";
import { runNightly } from "../../collector/dist/scores/nightly.js";
import { rescoreAccounts } from "../../collector/dist/scores/rescore-accounts.js";
import { fromCollector } from "../collector/load-pg.mjs";

const sizes = process.argv[2] ? [Number(process.argv[2])] : [500, 2_000];
const DAYS = 90;
const folder = await mkdtemp(join(tmpdir(), "telltale-bench-"));
const server = await startEmbeddedPostgres({ dataDir: folder, settings: ["max_wal_size=4GB"] });
await migrate(server.url);
const database = createDatabase(server.url);
const { sql, db } = database;
// Filling and the reference are longer than a statement of the collector may be.
const { default: postgres } = await fromCollector("postgres");
const plain = postgres(server.url, { max: 1, onnotice: () => {} });
const clock = () => Date.now();

/** About 11 rows an account and day: 5 users on working days, 3 features each. */
async function fill(projectId, accounts) {
  await plain`
    INSERT INTO accounts SELECT ${projectId}::uuid, 'account-' || lpad(n::text, 6, '0'), 'Account ' || n,
      jsonb_build_object('plan', (ARRAY['starter', 'growth', 'enterprise'])[1 + n % 3]), '{}',
      now() - interval '200 days', now() - interval '200 days', now()
    FROM generate_series(1, ${accounts}::int) n`;
  for (let first = 1; first <= accounts; first += 100) {
    await fillUsage(projectId, first, Math.min(accounts, first + 99));
  }
  await plain`VACUUM ANALYZE daily_usage`;
}

async function fillUsage(projectId, first, last) {
  await plain`
    INSERT INTO daily_usage
    SELECT ${projectId}::uuid, 'account-' || lpad(n::text, 6, '0'), current_date - d, 'user-' || u,
      'Feature Used', 'feature-' || (n + u + f * 3 + d) % 12, 1 + (n * d + u) % 5, 60000, now() - d * interval '1 day'
    FROM generate_series(${first}::int, ${last}::int) n, generate_series(1, ${DAYS}) d,
      generate_series(1, 5) u, generate_series(1, 3) f
    WHERE (n + d * 7 + u) % 4 < 3
    ON CONFLICT DO NOTHING`;
}

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

const line = (...cells) => console.log(cells.map((cell) => String(cell).padStart(14)).join(""));
try {
  line(
    "accounts",
    "usage rows",
    "GROUP BY ms",
    "nightly ms",
    "ratio",
    "ms/account",
    "peak heap MB",
    "one, ms",
  );
  for (const accounts of sizes) {
    const { project } = await createProject(db, clock, { name: `Bench ${accounts}` });
    await fill(project.id, accounts);
    const [{ count }] =
      await sql`SELECT count(*)::int FROM daily_usage WHERE project_id = ${project.id}`;
    await streamGroupBy(project.id);
    const reference = await streamGroupBy(project.id);
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().heapUsed);
    }, 50);
    const deps = { sql, publicUrl: "http://127.0.0.1" };
    const startedAt = performance.now();
    await runNightly(deps, project, clock());
    const ms = performance.now() - startedAt;
    clearInterval(watch);
    const single = [];
    for (let i = 1; i <= 20; i += 1) {
      const begin = performance.now();
      const id = `account-${String(i).padStart(6, "0")}`;
      await rescoreAccounts(deps, project, [id], { now: clock() });
      single.push(performance.now() - begin);
    }
    single.sort((a, b) => a - b);
    line(
      accounts,
      count,
      reference.ms.toFixed(0),
      ms.toFixed(0),
      (ms / reference.ms).toFixed(2),
      (ms / accounts).toFixed(2),
      (peak / 1e6).toFixed(0),
      single[10].toFixed(1),
    );
  }
} finally {
  await plain.end();
  await database.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
