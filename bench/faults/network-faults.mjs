/** What goes wrong on the way in: bodies, lengths, sockets, keys. */

import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { exchange, newId, post, SECRET_KEY, track, WRITE_KEY } from "./client.mjs";

const head = (extra) =>
  `POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${WRITE_KEY}\r\n${extra}\r\n\r\n`;

export const networkFaults = {
  "F07 poison event": async ({ url }) => {
    const bad = [
      JSON.stringify(track({ properties: { a: "\u0000" } })),
      '{"type":"track","event":"x","userId":"u","properties":{"a":"\\ud800"}}',
      '{"type":"track","event":"x","userId":"u","properties":{"a":1e400}}',
      JSON.stringify(track({ timestamp: "yesterday" })),
      '{"type":"track","event":"x","userId":"u","properties":{"a":[[[[[[[[1]]]]]]]]}}',
    ];
    const texts = [...Array.from({ length: 95 }, () => JSON.stringify(track())), ...bad];
    const { status, body } = await post(url, null, { body: `{"batch":[${texts.join(",")}]}` });
    return [
      status === 200 && body.accepted === 95 && body.rejected.length === 5,
      `${body.accepted} stored, ${body.rejected.length} rejected, HTTP ${status}`,
    ];
  },
  "F08 gzip bombs": async ({ url, server }) => {
    const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024));
    const before = (await server.costs()).rssMb;
    const startedAt = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        post(url, null, { body: bomb, headers: { "content-encoding": "gzip" } }),
      ),
    );
    const ms = performance.now() - startedAt;
    const growth = (await server.costs()).rssMb - before;
    const refused = answers.filter(({ status }) => status === 413).length;
    return [
      refused === 20 && growth < 80 && ms < 3_000,
      `${refused} of 20 answered 413 in ${ms.toFixed(0)} ms, memory +${growth.toFixed(0)} MB`,
    ];
  },
  "F09 lying lengths": async ({ port, sql }) => {
    const count = async () => (await sql`SELECT count(*)::int AS n FROM events`)[0].n;
    const before = await count();
    const short = await exchange(port, `${head("Content-Length: 5")}{"batch":[]}`);
    const both = await exchange(
      port,
      `${head("Content-Length: 5\r\nTransfer-Encoding: chunked")}0\r\n\r\n`,
    );
    let sent = 0;
    const endless = await exchange(port, (socket) => {
      socket.write(head("Transfer-Encoding: chunked"));
      const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
      const pour = () => {
        if (socket.destroyed || sent > 64_000_000) return;
        sent += 65_536;
        socket.write(chunk, () => setImmediate(pour));
      };
      pour();
    });
    const encoding = await exchange(
      port,
      `${head("Content-Encoding: zstd\r\nContent-Length: 2")}{}`,
      1_000,
    );
    const statuses = [short, both, endless, encoding].map(({ status }) => status);
    const stored = (await count()) - before;
    return [
      statuses.join() === "400,400,413,415" && stored === 0 && sent < 16_000_000,
      `${statuses.join(", ")}; ${stored} stored; cut after ${(sent / 1e6).toFixed(1)} MB were poured`,
    ];
  },
  "F10 slowloris": async ({ url, port }) => {
    let open = 0;
    const sockets = Array.from({ length: 500 }, () => {
      const socket = connect({ port, host: "127.0.0.1" });
      open += 1;
      socket.on("error", () => {});
      socket.on("close", () => {
        open -= 1;
      });
      socket.write("POST /v1/batch HTTP/1.1\r\nX: ");
      return socket;
    });
    const startedAt = performance.now();
    const latencies = [];
    while (open > 0 && performance.now() - startedAt < 15_000) {
      for (const socket of sockets) if (!socket.destroyed) socket.write("x");
      latencies.push((await post(url, [track()])).ms);
      await sleep(250);
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    latencies.sort((a, b) => a - b);
    const p99 = latencies[Math.floor(latencies.length * 0.99)];
    return [
      open === 0 && seconds <= 12,
      `500 sockets closed in ${seconds.toFixed(1)} s; others' p99 ${p99.toFixed(0)} ms`,
    ];
  },
  "F11 prototype pollution": async ({ url, sql }) => {
    const texts = [
      '{"__proto__":{"polluted":1}}',
      '{"a":{"constructor":{"prototype":{"polluted":1}}}}',
      '{"a":{"b":{"\\u005f_proto__":{"polluted":1}}}}',
    ].map(
      (properties) => `{"type":"track","event":"Polluted","userId":"u","properties":${properties}}`,
    );
    const { body } = await post(url, null, { body: `{"batch":[${texts.join(",")}]}` });
    const rows =
      await sql`SELECT 1 FROM events WHERE event = 'Polluted' AND properties::text LIKE '%polluted%'`;
    return [
      body.accepted === 3 && rows.length === 0,
      `${body.accepted} stored, ${rows.length} with the keys`,
    ];
  },
  "F15 origin spoof": async ({ url, settings }) => {
    await settings({ allowedOrigins: ["https://app.example"] });
    const ask = async (origin) =>
      (await post(url, [track()], { headers: origin ? { origin } : {} })).status;
    const statuses = [
      await ask("https://evil.example"),
      await ask(),
      await ask("null"),
      await ask("https://app.example"),
    ];
    await settings({ allowedOrigins: [] });
    return [statuses.join() === "403,403,403,200", statuses.join(", ")];
  },
  "F17 key brute force": async ({ url }) => {
    const statuses = [];
    for (let tries = 0; tries < 40; tries += 1) {
      statuses.push((await post(url, [track()], { key: `wk_guess_${tries}` })).status);
    }
    const blockedFrom = statuses.indexOf(429) + 1;
    const blocked = await post(url, [track()], { key: "wk_guess" });
    await sleep((blocked.retryAfter ?? 1) * 1_000 + 500);
    const after = await post(url, [track()]);
    return [
      blockedFrom > 0 && blockedFrom <= 21 && blocked.retryAfter > 0 && after.status === 200,
      `429 from try ${blockedFrom} with Retry-After ${blocked.retryAfter} s; a right key after it: ${after.status}`,
    ];
  },
  "F45 clock skew": async ({ url, sql }) => {
    const skews = [-7_200_000, 7_200_000, -400 * 86_400_000, 400 * 86_400_000];
    const worst = [];
    for (const skew of skews) {
      const messageId = newId();
      const truth = Date.now() - 60_000;
      const body = JSON.stringify({
        sentAt: new Date(Date.now() + skew).toISOString(),
        batch: [track({ messageId, timestamp: new Date(truth + skew).toISOString() })],
      });
      await post(url, null, { body });
      const [row] = await sql`SELECT occurred_at FROM events WHERE message_id = ${messageId}`;
      worst.push(Math.abs(row.occurred_at.getTime() - truth));
    }
    const most = Math.max(...worst);
    return [most <= 2_000, `±2 h and ±400 d stored within ${most} ms of the truth`];
  },
  "F46 event flood": async ({ url, settings }) => {
    await settings({ rateLimits: { requestsPerSecond: 20, perAddressPerSecond: 20 } });
    const answers = await Promise.all(Array.from({ length: 300 }, () => post(url, [track()])));
    const refused = answers.filter(({ status }) => status === 429);
    const server = await post(url, [track()], { key: SECRET_KEY });
    await settings({ rateLimits: { requestsPerSecond: 1e6, perAddressPerSecond: 1e6 } });
    return [
      refused.length >= 150 &&
        refused.every(({ retryAfter }) => retryAfter >= 1) &&
        server.status === 200,
      `${refused.length} of 300 answered 429 with Retry-After; the secret key ${server.status}`,
    ];
  },
  "F47 cardinality bomb": async ({ url, sql }) => {
    for (let sent = 0; sent < 10_000; sent += 500) {
      await post(
        url,
        Array.from({ length: 500 }, (_, index) => track({ event: `Bomb ${sent + index}` })),
      );
    }
    const [{ n }] = await sql`SELECT count(*)::int AS n FROM registered_names WHERE kind = 'event'`;
    const known = await post(url, [track()]);
    return [
      n === 2_000 && known.body.accepted === 1,
      `10,000 names sent, ${n} kept, a known one is ${known.body.accepted ? "stored" : "lost"}`,
    ];
  },
  "F48 privacy": async ({ url, sql }) => {
    const gpc = await post(url, [track()], { headers: { "sec-gpc": "1" } });
    const late = track({ userId: "eve" });
    await post(url, [late, { type: "identify", userId: "eve", messageId: newId() }]);
    const startedAt = performance.now();
    await fetch(`${url}/v1/users/eve`, {
      method: "DELETE",
      headers: { authorization: `Bearer ${SECRET_KEY}` },
    });
    const ms = performance.now() - startedAt;
    await post(url, [late, track({ userId: "eve" })]);
    const rows = await sql`SELECT 1 FROM events WHERE user_id = 'eve'`;
    return [
      gpc.body.accepted === 0 && rows.length === 0 && ms < 60_000,
      `Sec-GPC: ${gpc.body.accepted} stored; erased in ${ms.toFixed(0)} ms, a late queue brought back ${rows.length}`,
    ];
  },
};
