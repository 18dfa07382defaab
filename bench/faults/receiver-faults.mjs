/** Webhook receivers that lead inside, or mean it badly. */

import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createSender } from "../../collector/dist/webhooks/sender.js";
import { signMessage } from "../../collector/dist/webhooks/sign-message.js";
import { createReceiver } from "../../examples/webhook-receiver/receiver.js";
import { HOSTILE, SPELLINGS } from "./hostile-addresses.mjs";
import { quantile, seconds, until } from "./judge.mjs";
import { openWebhooks } from "./webhook-stage.mjs";

const STRICT = { isPrivateAllowed: false, allowedHosts: [] };

export const receiverFaults = {
  "F23 SSRF table": async (arena) => {
    const { ask } = await arena.startCollector();
    const stage = await openWebhooks(arena);
    const inside = await stage.receiver();
    const urls = [...HOSTILE, ...SPELLINGS].map((host) => `http://${host}:${inside.port}/`);
    const path = "/v1/webhook-endpoints";
    const harmless = await ask("POST", path, { url: "https://93.184.216.34/" });
    const refused = { create: 0, edit: 0 };
    for (const url of urls) {
      const created = await ask("POST", path, { url });
      const edited = await ask("PATCH", `${path}/${harmless.body.id}`, { url });
      if (created.status === 400) refused.create += 1;
      if (edited.status === 400) refused.edit += 1;
    }
    // What slipped in before, or by another way, meets the guard again when it is sent.
    for (const url of urls) await stage.endpoint(url);
    await stage.publish(stage.time.now - 1);
    const loop = stage.loop(STRICT);
    await loop.tick();
    const rows = await stage.database.sql`
      SELECT failure_reason FROM webhook_deliveries WHERE project_id = ${stage.projectId}`;
    const blocked = rows.filter((row) => row.failure_reason === "blocked_address").length;
    // The test send of an endpoint goes the same way.
    const [first] = await stage.database.sql`
      SELECT id FROM webhook_endpoints WHERE project_id = ${stage.projectId} LIMIT 1`;
    await stage.database.sql`
      UPDATE webhook_endpoints SET project_id = (SELECT project_id FROM webhook_endpoints
        WHERE id = ${harmless.body.id}) WHERE id = ${first.id}`;
    const tested = await ask("POST", `${path}/${first.id}/test`, {});
    await sleep(300);
    stage.time.now = Date.now();
    await loop.tick();
    const [test] = await stage.database.sql`
      SELECT failure_reason FROM webhook_deliveries WHERE endpoint_id = ${first.id}
      ORDER BY created_at DESC LIMIT 1`;
    const count = urls.length;
    return [
      refused.create === count &&
        refused.edit === count &&
        blocked === count &&
        test?.failure_reason === "blocked_address" &&
        inside.received.length === 0,
      `${HOSTILE.length} addresses + ${SPELLINGS.length} spellings: ${refused.create} refused at creation, ${refused.edit} at change, ${blocked} at connect, test send ${test?.failure_reason} (${tested.status}); ${inside.received.length} hits`,
    ];
  },

  "F24 DNS rebinding": async (arena) => {
    const stage = await openWebhooks(arena);
    const inside = await stage.receiver();
    const outer = { address: "93.184.216.34", family: 4 };
    const inner = { address: "127.0.0.1", family: 4 };
    const results = [];
    for (const answers of [[inner], [outer, inner], [inner, outer]]) {
      const { id } = await stage.endpoint(`http://rebinding.example:${inside.port}/`);
      await stage.publish();
      const lookup = (_name, _options, callback) => callback(null, answers);
      await stage.loop({ ...STRICT, lookup }).tick();
      const [delivery] = await stage.deliveries(id);
      results.push(`${delivery.status}: ${delivery.failure_reason}`);
    }
    return [
      inside.received.length === 0 && results.every((one) => one === "failed: blocked_address"),
      `public at creation, then loopback, then mixed records: ${inside.received.length} hits; ${[...new Set(results)].join(", ")}`,
    ];
  },

  "F25 redirect to inside": async (arena) => {
    const stage = await openWebhooks(arena);
    const inside = await stage.receiver();
    const outside = await stage.receiver((response) =>
      response.writeHead(302, { location: inside.url }).end(),
    );
    const { id } = await stage.endpoint(outside.url);
    await stage.publish();
    await stage.loop().tick();
    const [{ response_status: status }] = await stage.database.sql`
      SELECT response_status FROM webhook_attempts a JOIN webhook_deliveries d
        ON d.id = a.delivery_id WHERE d.endpoint_id = ${id}`;
    const hits = [outside.received.length, inside.received.length];
    return [
      hits.join() === "1,0" && status === 302,
      `${hits[0]} hit on the first, ${hits[1]} on the second; the attempt failed with ${status}`,
    ];
  },

  "F26 hostile receivers": async (arena) => {
    const stage = await openWebhooks(arena);
    const clock = () => Date.now();
    const silent = await stage.receiver(() => {});
    const slow = await stage.receiver((response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write("x"), 1_000);
      response.on("close", () => clearInterval(timer));
    });
    let poured = 0;
    const endless = await stage.receiver((response) => {
      response.writeHead(200);
      const timer = setInterval(() => {
        poured += 65_536;
        if (poured >= 1e9) response.end();
        else response.write(Buffer.alloc(65_536));
      }, 5);
      response.on("close", () => clearInterval(timer));
    });
    const rude = await stage.receiver((response) => response.socket.resetAndDestroy());
    const sockets = new Set();
    const garbage = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.end("this is no TLS\r\n");
    });
    await new Promise((resolve) => garbage.listen(0, "127.0.0.1", resolve));
    arena.defer(() => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => garbage.close(resolve));
    });
    const hostile = [silent.url, slow.url, endless.url, rude.url];
    hostile.push(`https://127.0.0.1:${garbage.address().port}/`);

    const healthy = await stage.receiver();
    await stage.endpoint(healthy.url);
    const loop = stage.loop({ clock });
    loop.start();
    const latency = async () => {
      const published = new Map();
      const from = healthy.received.length;
      for (let sent = 0; sent < 100; sent += 1) {
        published.set(await stage.publish(Date.now()), Date.now());
        await sleep(15);
      }
      await until(() => healthy.received.length >= from + 100, 10_000);
      const arrived = healthy.received.slice(from);
      return quantile(
        arrived.map(({ headers, at }) => at - published.get(headers["webhook-id"])),
        0.95,
      );
    };
    await latency();
    const alone = await latency();
    for (const url of hostile) await stage.endpoint(url);
    const beside = await latency();

    const sender = createSender({ isPrivateAllowed: true, allowedHosts: [] });
    const answers = await Promise.all(
      hostile.map((url) => sender.send({ url, headers: {}, body: "{}" })),
    );
    await sender.close();
    const longest = Math.max(...answers.map(({ durationMs }) => durationMs));
    const kept = Math.max(...answers.map(({ body }) => body.length));
    const failed = answers.filter(({ status, error }) => status === null && error).length;
    return [
      longest <= 15_500 && kept <= 65_536 && failed === 3 && beside <= Math.max(alone * 1.2, 60),
      `silent, 1 B/s, endless, reset, no TLS: ended after ${answers.map(({ durationMs }) => seconds(durationMs)).join(", ")} s (time-out of the contract: 15 s), at most ${(kept / 1_024).toFixed(0)} KB kept; another endpoint's p95 ${alone} ms alone, ${beside} ms beside`,
    ];
  },

  "F33 signature abuse": async () => {
    const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
    const app = createReceiver({ secret });
    const body = '{"type":"ping", "timestamp":"2026-11-01T00:00:00.000Z","data":{}}';
    const nowS = () => Math.floor(Date.now() / 1_000);
    const sign = (timestampSeconds, id = "msg_1") =>
      signMessage({ id, timestampSeconds, body }, [secret]);
    const post = async (headers, text = body) =>
      (await app.request("/webhooks", { method: "POST", headers, body: text })).status;
    // At the very beginning of a second, so that 300 s are not 301 a moment later.
    await until(() => Date.now() % 1_000 < 100, 2_000);
    const edges = [await post(sign(nowS() - 300)), await post(sign(nowS() + 300))];
    const good = sign(nowS());
    const signature = good["webhook-signature"];
    const abuses = [
      await post({ ...good, "webhook-signature": signature.slice(0, -4) }),
      await post({ ...good, "webhook-signature": "v1," }),
      await post({ ...good, "webhook-id": "msg_2" }),
      await post(sign(nowS() - 302)),
      await post(sign(nowS() + 302)),
      await post(good, JSON.stringify(JSON.parse(body))),
    ];
    const refused = abuses.filter((status) => status === 401).length;
    const isGood = (await post(good)) === 204;
    return [
      refused === abuses.length && edges.every((status) => status === 204) && isGood,
      `${refused} of ${abuses.length} rejected; ±300 s answered ${edges.join(" and ")}, the real one ${isGood ? "accepted" : "refused"}`,
    ];
  },
};
