/** What goes wrong on the way in: bodies, lengths, sockets, clocks. */

import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { exchange, newId, post, track, WRITE_KEY } from "./client.mjs";
import { countRows, quantile, seconds } from "./judge.mjs";

const head = (extra) =>
  `POST /v1/batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${WRITE_KEY}\r\n${extra}\r\n\r\n`;

const trackText = (properties) =>
  `{"type":"track","event":"Opened","userId":"u","properties":${properties}}`;

export const bodyFaults = {
  "F07 poison event": async ({ startCollector, sql }) => {
    const { url } = await startCollector();
    const bad = [
      JSON.stringify(track({ properties: { a: "\u0000" } })),
      trackText('{"a":"\\ud800"}'),
      trackText('{"a":1e400}'),
      JSON.stringify(track({ timestamp: "yesterday" })),
      trackText('{"a":[[[[[[[[1]]]]]]]]}'),
    ];
    const texts = [...Array.from({ length: 95 }, () => JSON.stringify(track())), ...bad];
    const { status, body } = await post(url, null, { body: `{"batch":[${texts.join(",")}]}` });
    const stored = await countRows(sql, "events");
    const kept = await countRows(sql, "rejected_messages");
    return [
      status === 200 && stored === 95 && body.rejected.length === 5 && kept === 5,
      `${stored} stored, ${body.rejected.length} rejected, ${kept} kept readable, HTTP ${status}`,
    ];
  },

  "F08 gzip bombs": async ({ startCollector }) => {
    const collector = await startCollector();
    const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024));
    const headers = { "content-encoding": "gzip" };
    await post(collector.url, [track()]);
    const idle = (await collector.look()).rssMb;
    let most = idle;
    let isOver = false;
    const watching = (async () => {
      while (!isOver) {
        most = Math.max(most, (await collector.look()).rssMb);
        await sleep(20);
      }
    })();
    const startedAt = performance.now();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(collector.url, null, { body: bomb, headers })),
    );
    const ms = performance.now() - startedAt;
    isOver = true;
    await watching;
    const refused = answers.filter(({ status }) => status === 413).length;
    return [
      refused === 20 && most - idle <= 80 && ms <= 1_000,
      `${refused} of 20 (${(bomb.length / 1e3).toFixed(0)} kB each, 256 MB inflated) answered 413 in ${seconds(ms)} s, memory +${(most - idle).toFixed(0)} MB`,
    ];
  },

  "F09 lying lengths": async ({ startCollector, sql }) => {
    const collector = await startCollector();
    const { port } = collector;
    const short = await exchange(port, `${head("Content-Length: 5")}{"batch":[]}`);
    const both = await exchange(
      port,
      `${head("Content-Length: 5\r\nTransfer-Encoding: chunked")}0\r\n\r\n`,
    );
    let poured = 0;
    const endless = await exchange(port, (socket) => {
      socket.write(head("Transfer-Encoding: chunked"));
      const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
      const pour = () => {
        if (socket.destroyed || poured > 64_000_000) return;
        poured += 65_536;
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
    const stored = await countRows(sql, "events");
    const { mostReadKb } = await collector.look();
    return [
      statuses.join() === "400,400,413,415" && stored === 0 && mostReadKb <= 1_048,
      `${statuses.join(", ")}; ${stored} stored; cut after ${mostReadKb.toFixed(0)} kB were read (${(poured / 1e6).toFixed(1)} MB poured)`,
    ];
  },

  "F10 slowloris": async ({ startCollector }) => {
    const { url, port } = await startCollector();
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
    let nextByteAt = startedAt;
    while (open > 0 && performance.now() - startedAt < 15_000) {
      if (performance.now() >= nextByteAt) {
        for (const socket of sockets) if (!socket.destroyed) socket.write("x");
        nextByteAt += 1_000;
      }
      latencies.push((await post(url, [track()])).ms);
      await sleep(20);
    }
    const ms = performance.now() - startedAt;
    const p99 = quantile(latencies, 0.99);
    for (const socket of sockets) socket.destroy();
    return [
      open === 0 && ms <= 12_000 && p99 < 200,
      `${500 - open} of 500 sockets closed in ${seconds(ms)} s; others' p99 ${p99.toFixed(0)} ms of ${latencies.length} requests`,
    ];
  },

  "F11 prototype pollution": async ({ startCollector, sql }) => {
    const collector = await startCollector();
    const texts = [
      '{"__proto__":{"polluted":1}}',
      '{"a":{"constructor":{"prototype":{"polluted":1}}}}',
      '{"a":{"b":{"\\u005f_proto__":{"polluted":1}}}}',
    ].flatMap((value) => [
      trackText(value),
      `{"type":"identify","userId":"u","traits":${value},"context":${value}}`,
    ]);
    const { body } = await post(collector.url, null, { body: `{"batch":[${texts.join(",")}]}` });
    const rows = await sql`
      SELECT 1 FROM events WHERE concat(properties, context) LIKE '%polluted%'
      UNION ALL SELECT 1 FROM users WHERE traits::text LIKE '%polluted%'`;
    const { isPolluted } = await collector.look();
    return [
      body.accepted === 6 && rows.length === 0 && !isPolluted,
      `${body.accepted} of 6 stored, ${rows.length} with the keys, ({}).polluted is ${isPolluted ? "set" : "undefined"}`,
    ];
  },

  "F45 clock skew": async ({ startCollector, sql }) => {
    const { url } = await startCollector();
    const tell = async (message, sentAt) => {
      const messageId = newId();
      const batch = [track({ messageId, ...message })];
      await post(url, null, { body: JSON.stringify({ batch, ...(sentAt && { sentAt }) }) });
      const [row] = await sql`
        SELECT occurred_at, context->>'clampedFrom' AS clamped_from FROM events
        WHERE message_id = ${messageId}`;
      return row;
    };
    const errors = [];
    const truth = () => Date.now() - 60_000;
    for (const skew of [-2 / 24, 2 / 24, -400, 400].map((days) => days * 86_400_000)) {
      const at = truth();
      const timestamp = new Date(at + skew).toISOString();
      const row = await tell({ timestamp }, new Date(Date.now() + skew).toISOString());
      errors.push(Math.abs(row.occurred_at.getTime() - at));
    }
    // The hour that is told twice when summer time ends: offsets keep the two apart.
    const at = truth();
    const offset = new Date(at + 7_200_000).toISOString().replace("Z", "+02:00");
    const [summer, none] = [await tell({ timestamp: offset }), await tell({})];
    errors.push(Math.abs(summer.occurred_at.getTime() - at));
    errors.push(Math.abs(none.occurred_at.getTime() - Date.now()));
    const old = await tell({ timestamp: "2001-01-01T00:00:00Z" });
    const isFlagged = old.clamped_from === "2001-01-01T00:00:00Z";
    const ageDays = (Date.now() - old.occurred_at.getTime()) / 86_400_000;
    const most = Math.max(...errors);
    return [
      most <= 2_000 && isFlagged && Math.abs(ageDays - 7) < 0.01,
      `±2 h, ±400 d, an offset, no sent_at: within ${most} ms of the truth; 2001 clamped to ${ageDays.toFixed(1)} d ago and ${isFlagged ? "flagged" : "not flagged"}`,
    ];
  },
};
