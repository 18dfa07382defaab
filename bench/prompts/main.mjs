/**
 * How often is somebody asked against the rules? The same people, devices and tabs twice: with the
 * rules kept in each browser, the usual way, and decided by the real collector on a real Postgres
 * with a clock that runs through the months.
 *
 * `npm run bench:prompts -- --people 1000 --days 90`
 */

import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createApp } from "../../collector/dist/app.js";
import { createDatabase } from "../../collector/dist/db/client.js";
import { startEmbeddedPostgres } from "../../collector/dist/db/embedded/start.js";
import { migrate } from "../../collector/dist/db/migrate.js";
import { createIngestion } from "../../collector/dist/ingest/create-ingestion.js";
import { createLogger } from "../../collector/dist/logger.js";
import { createProject } from "../../collector/dist/projects/create-project.js";
import { createKeyRing } from "../../collector/dist/projects/key-ring.js";
import { createDeviceLocal } from "./device-local.mjs";
import { findRepeats } from "./find-repeats.mjs";
import { SIMULATED_SETTINGS, SIMULATED_SURVEYS, simulatePrompts } from "./simulate-prompts.mjs";

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "1000" },
    devices: { type: "string", default: "3" },
    tabs: { type: "string", default: "2" },
    days: { type: "string", default: "90" },
    seed: { type: "string", default: "1" },
  },
});
const startMs = Date.parse("2026-01-05T00:00:00Z");
const scale = {
  people: Number(values.people),
  devices: Number(values.devices),
  tabs: Number(values.tabs),
  days: Number(values.days),
  seed: Number(values.seed),
  startMs,
};

const folder = await mkdtemp(join(tmpdir(), "telltale-prompts-"));
const postgres = await startEmbeddedPostgres({ dataDir: folder, settings: ["fsync=off"] });
await migrate(postgres.url);
const database = createDatabase(postgres.url);
let exitCode = 1;
try {
  exitCode = await compare();
} finally {
  await database.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(exitCode);

async function compare() {
  let now = startMs;
  const clock = () => now;
  const { secretKey, writeKey } = await createProject(database.db, clock, {
    name: "Simulation",
    settings: { ...SIMULATED_SETTINGS, rateLimits: { requestsPerSecond: 1_000_000 } },
  });
  const app = createApp({
    database,
    // By the true clock: its memory of a few seconds would end with each jump of the other.
    keyRing: createKeyRing(database.db, Date.now),
    eventWriter: createIngestion(database.sql, clock),
    logger: createLogger("silent"),
    clock,
    publicUrl: "http://127.0.0.1",
    appSecret: "a secret of at least thirty-two characters",
  });
  /** As an SDK does, it sends again what a busy machine did not take. */
  const post = async (path, key, body) => {
    for (let tries = 1; ; tries += 1) {
      const response = await app.request(path, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      });
      const answer = await response.json();
      if (response.ok) return answer;
      if (response.status !== 503 || tries === 20) {
        throw new Error(`${path}: ${JSON.stringify(answer)}`);
      }
      await sleep(1_000);
    }
  };
  const surveys = [];
  for (const body of SIMULATED_SURVEYS) {
    const survey = await post("/v1/surveys", secretKey, body);
    surveys.push({ ...survey, isNps: survey.key === "nps" });
  }
  const byId = new Map(surveys.map((survey) => [survey.id, survey]));
  const collector = {
    claim: (wish) => post("/v1/prompts/claim", writeKey, wish),
    send: async (batch) => {
      const named = batch.map((message) => ({ ...message, messageId: randomUUID() }));
      const { rejected } = await post("/v1/batch", secretKey, { batch: named });
      if (rejected.length > 0) throw new Error(JSON.stringify(rejected[0]));
    },
    setNow: (ms) => {
      now = ms;
    },
  };

  const local = await simulatePrompts(createDeviceLocal(surveys), surveys, scale);
  const startedAt = performance.now();
  const onDay = (day) => {
    if (process.stderr.isTTY) process.stderr.write(`\rday ${day} of ${scale.days}`);
  };
  const served = await simulatePrompts(collector, surveys, { ...scale, onDay });
  const seconds = (performance.now() - startedAt) / 1_000;
  if (process.stderr.isTTY) process.stderr.write("\r");
  const { claimMs, bareMs } = await compareCost(() =>
    collector.claim({
      surveyId: surveys[0].id,
      userId: "user 0",
      anonymousId: "a",
      sessionId: "s",
    }),
  );

  const broken = report("Rules kept in each browser", local, byId);
  const brokenHere = report("Rules kept by the collector", served, byId);
  const sorted = served.claimMs.sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(0);
  console.log(
    `\n${served.claims} claims with their records in ${seconds.toFixed(0)} s; in crowds of up to ` +
      `${16 * scale.devices * scale.tabs} a claim took ${at(0.5)} ms (median), ${at(0.99)} ms (99 %).\n` +
      `Alone, a claim takes ${claimMs.toFixed(2)} ms, a bare SELECT ${bareMs.toFixed(2)} ms: ` +
      `${(claimMs / bareMs).toFixed(1)} times as long.`,
  );
  console.log(
    `\nAgainst the rules: ${broken} of ${local.shown.length} prompts → ${brokenHere} of ${served.shown.length}.`,
  );
  return brokenHere === 0 ? 0 : 1;
}

function report(title, { claims, shown, refusals }, byId) {
  const { byRule, prompts } = findRepeats(shown, byId, SIMULATED_SETTINGS);
  const list = (counts) =>
    [...counts]
      .sort((a, b) => b[1] - a[1])
      .map(([name, count]) => `\n  ${String(count).padStart(8)}  ${name}`)
      .join("");
  console.log(`\n${title}: ${claims} claims, ${shown.length} prompts seen`);
  console.log(`  refused, by reason:${list(refusals)}`);
  console.log(`  prompts against the rules: ${prompts}${list(byRule)}`);
  return prompts;
}

/** Medians of a claim and of a statement that does nothing, by turns, one at a time. */
async function compareCost(claim) {
  const claims = [];
  const trips = [];
  const time = async (times, act) => {
    const startedAt = performance.now();
    await act();
    times.push(performance.now() - startedAt);
  };
  for (let round = 0; round < 500; round += 1) {
    await time(claims, claim);
    await time(trips, () => database.sql`SELECT 1`);
  }
  const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];
  return { claimMs: median(claims), bareMs: median(trips) };
}
