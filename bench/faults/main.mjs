/**
 * `npm run faults`: injects faults into a real collector on a real Postgres, one line each. Names as
 * arguments run those alone: `npm run faults -- F04 F10`. Everything stays on this machine.
 */

import { createServer } from "node:net";
import { recountUsage } from "../../collector/dist/operations/recount-usage.js";
import { startMachine, startServer } from "../collector/machine.mjs";
import { SECRET_KEY } from "./client.mjs";
import { networkFaults } from "./network-faults.mjs";
import { processFaults } from "./process-faults.mjs";

const wanted = process.argv.slice(2);
const faults = Object.entries({ ...networkFaults, ...processFaults })
  .filter(([name]) => wanted.length === 0 || wanted.some((one) => name.startsWith(one)))
  .sort(([a], [b]) => (a < b ? -1 : 1));

const freshPort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const machine = await startMachine();
let failed = 0;
for (const [name, inject] of faults) {
  const databaseUrl = await machine.createDatabase();
  const startCollector = (env = {}) =>
    startServer("target-telltale.mjs", {
      DATABASE_URL: databaseUrl,
      DATA_DIR: `${machine.folder}/data`,
      NODE_ARGS: "",
      LOG_LEVEL: "silent",
      ...env,
    });
  const server = await startCollector();
  const url = `http://127.0.0.1:${server.port}`;
  const sql = machine.connect(databaseUrl);
  const settings = (changes) =>
    fetch(`${url}/v1/project`, {
      method: "PATCH",
      headers: { authorization: `Bearer ${SECRET_KEY}`, "content-type": "application/json" },
      body: JSON.stringify(changes),
    });
  let line;
  let isGood = false;
  try {
    await settings({ rateLimits: { requestsPerSecond: 1e6, perAddressPerSecond: 1e6 } });
    const tools = {
      machine,
      databaseUrl,
      startCollector,
      freshPort,
      server,
      url,
      port: server.port,
      sql,
      settings,
    };
    [isGood, line] = await inject(tools);
    const differences = await recountUsage(sql);
    if (differences.length > 0) {
      isGood = false;
      line += `; daily usage differs from a recount: ${JSON.stringify(differences[0])}`;
    }
  } catch (error) {
    line = `the injection failed: ${error.stack}`;
  }
  if (!isGood) failed += 1;
  console.log(`${name}: ${line}: ${isGood ? "ok" : "FAILED"}`);
  await sql.end({ timeout: 2 });
  await server.stop();
}
await machine.stop();
console.log(`${faults.length - failed} of ${faults.length} faults survived`);
process.exit(failed > 0 ? 1 : 0);
