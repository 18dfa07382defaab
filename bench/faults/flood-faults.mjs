/** Too much at once: requests, names, accounts. */

import { fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createProject } from "../../collector/dist/projects/create-project.js";
import { post, SECRET_KEY, track } from "./client.mjs";
import { countRows, quantile, seconds } from "./judge.mjs";
import { signIn } from "./sign-in.mjs";

export const floodFaults = {
  "F46 event flood": async ({ startCollector, openDatabase }) => {
    const { url, ask } = await startCollector();
    const { db } = openDatabase();
    const other = await createProject(db, Date.now, { name: "Other" });
    await ask("PATCH", "/v1/project", {
      rateLimits: { requestsPerSecond: 20, perAddressPerSecond: 20 },
    });
    const measureOther = async (count) => {
      const times = [];
      for (let sent = 0; sent < count; sent += 1) {
        const { ms, status } = await post(url, [track()], { key: other.writeKey });
        times.push(status === 200 ? ms : Number.POSITIVE_INFINITY);
        await sleep(10);
      }
      return times;
    };
    await measureOther(100);
    const times = { alone: [], beside: [] };
    const flooded = { sent: 0, refused: 0, obliging: 0 };
    // By turns, so that whatever else the machine does meets both.
    for (let turn = 0; turn < 4; turn += 1) {
      times.alone.push(...(await measureOther(150)));
      // In a process of its own, so that its work is not taken for the collector's.
      const flood = fork(fileURLToPath(new URL("flood-process.mjs", import.meta.url)), [url]);
      await once(flood, "message");
      times.beside.push(...(await measureOther(150)));
      flood.send("stop");
      const [counts] = await once(flood, "message");
      for (const [name, count] of Object.entries(counts)) flooded[name] += count;
    }
    const { sent, refused, obliging } = flooded;
    const [alone, beside] = [quantile(times.alone, 0.99), quantile(times.beside, 0.99)];
    const server = await post(url, [track()], { key: SECRET_KEY });
    return [
      refused >= sent / 3 && obliging === refused && server.status === 200 && beside <= 2 * alone,
      `10× its quota: ${refused} of ${sent} answered 429 with Retry-After; another project's p99 ${alone.toFixed(1)} ms alone, ${beside.toFixed(1)} ms beside; the secret key ${server.status}`,
    ];
  },

  "F47 cardinality bomb": async ({ startCollector, sql }) => {
    const collector = await startCollector({ LOG_LEVEL: "warn" });
    const { url, logs } = collector;
    const bomb = async (make) => {
      const queue = Array.from({ length: 100 }, (_, batch) => batch * 1_000);
      const lane = async () => {
        for (let from = queue.pop(); from !== undefined; from = queue.pop()) {
          const batch = Array.from({ length: 1_000 }, (_, at) => make(from + at));
          let answer = await post(url, batch, { key: SECRET_KEY });
          while (answer.status === 503) {
            await sleep(200);
            answer = await post(url, batch, { key: SECRET_KEY });
          }
        }
      };
      await Promise.all([lane(), lane(), lane(), lane()]);
    };
    await post(url, [track()]);
    const startedAt = performance.now();
    await bomb((at) => track({ event: `Bomb ${at}` }));
    const event = "Feature Used";
    await bomb((at) =>
      track({
        event,
        properties: { feature: `feature ${at}`, [`key ${at}`]: at },
        context: { groupId: `account-${at}` },
      }),
    );
    await bomb((at) => track({ context: { groupId: `account-${at}` } }));
    const ms = performance.now() - startedAt;
    const names = await sql`
      SELECT kind, count(*)::int AS n FROM registered_names GROUP BY 1 ORDER BY 1`;
    const known = await post(url, [track()]);
    const warnings = logs.filter((line) => line.includes("too many distinct names"));
    const accounts = await countRows(sql, "accounts");
    const cookie = await signIn(collector);
    const times = {};
    for (const page of ["", "/features", "/data", "/data/live", "?q=account-77"]) {
      const openedAt = performance.now();
      const answer = await fetch(`${url}/dashboard${page}`, { headers: { cookie } });
      await answer.text();
      times[page || "/"] = answer.ok ? performance.now() - openedAt : Number.POSITIVE_INFINITY;
    }
    const [[slowest, slowestMs]] = Object.entries(times).sort(([, a], [, b]) => b - a);
    const most = Math.max(...names.map(({ n }) => n));
    return [
      most === 2_000 &&
        names.length === 2 &&
        warnings.length === 2 &&
        known.body.accepted === 1 &&
        slowestMs < 2_000,
      `3 × 100,000 events in ${seconds(ms)} s: ${names.map(({ kind, n }) => `${n} of 100,000 ${kind === "event" ? "event names" : "features"}`).join(", ")} kept, ${warnings.length} warnings (1 a kind), ${accounts} accounts; a known name is ${known.body.accepted ? "stored" : "lost"}; slowest dashboard page (${slowest}) ${seconds(slowestMs)} s`,
    ];
  },
};
