/**
 * How often is somebody asked against the rules? The same people, devices and tabs twice: with the
 * rules kept in each browser, the usual way, and decided by the real collector on a real Postgres
 * with a clock that runs through the months.
 *
 * `npm run bench:prompts -- --people 1000 --days 90`
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
import { SIMULATED_SURVEYS, simulatePrompts } from "./simulate-prompts.mjs";

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
const settings = { promptsPerAccountDay: 2 };

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
    settings,
  });
  const app = createApp({
    database,
    keyRing: createKeyRing(database.db, clock),
    eventWriter: createIngestion(database.sql, clock),
    logger: createLogger("silent"),
    clock,
    publicUrl: "http://127.0.0.1",
    appSecret: "a secret of at least thirty-two characters",
  });
  const post = async (path, key, body) => {
    const response = await app.request(path, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const surveys = [];
  for (const body of SIMULATED_SURVEYS) {
    const survey = await post("/v1/surveys", secretKey, body);
    surveys.push({ ...survey, isNps: survey.key === "nps" });
  }
  const byId = new Map(surveys.map((survey) => [survey.id, survey]));
  const collector = {
    claim: (wish) => post("/v1/prompts/claim", writeKey, wish),
    send: (batch) => post("/v1/batch", secretKey, { batch }),
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
  const bare = await measureBareTrips();

  const broken = report("Rules kept in each browser", local, byId);
  const brokenHere = report("Rules kept by the collector", served, byId);
  const sorted = served.claimMs.sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))];
  console.log(
    `\n${served.claims} claims with their records in ${seconds.toFixed(0)} s. A claim took ` +
      `${at(0.5).toFixed(1)} ms (median), ${at(0.99).toFixed(1)} ms (99 %) among ` +
      `up to ${16 * scale.devices * scale.tabs} at once;\na bare SELECT among as many: ${bare.toFixed(1)} ms, ` +
      `so a claim costs ${(at(0.5) / bare).toFixed(1)} of them.`,
  );
  console.log(
    `\nAgainst the rules: ${broken} of ${local.shown.length} prompts → ${brokenHere} of ${served.shown.length}.`,
  );
  return brokenHere === 0 ? 0 : 1;
}

function report(title, { claims, shown, refusals }, byId) {
  const { byRule, prompts } = findRepeats(shown, byId, settings);
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

/** The median of a statement that does nothing, under the same crowding. */
async function measureBareTrips() {
  const times = [];
  for (let round = 0; round < 40; round += 1) {
    const crowd = Array.from({ length: (16 * scale.devices * scale.tabs) / 2 }, async () => {
      const startedAt = performance.now();
      await database.sql`SELECT 1`;
      times.push(performance.now() - startedAt);
    });
    await Promise.all(crowd);
  }
  return times.sort((a, b) => a - b)[times.length >> 1];
}
