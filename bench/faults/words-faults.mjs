/** Words that somebody else would run: SQL, formulas, log lines. */

import { setTimeout as sleep } from "node:timers/promises";
import { exchange, post, SECRET_KEY, track, WRITE_KEY } from "./client.mjs";
import { countRows, until } from "./judge.mjs";
import { signIn } from "./sign-in.mjs";

const QUOTES = ["'", '"', "')", "'))", "\\'", "%27", "''", "`", "$$", ";"];
const TAILS = [
  " OR 1=1--",
  " OR '1'='1",
  "; DROP TABLE events;--",
  " UNION SELECT version()--",
  "; SELECT pg_sleep(5)--",
  "||(SELECT 1/0)||",
];
/** 60: each way out of a string with each thing to do there. */
const PAYLOADS = QUOTES.flatMap((quote) => TAILS.map((tail) => quote + tail));

const TABLES = ["accounts", "users", "events", "daily_usage", "api_keys", "projects"];

/** Each parameter of each reading route, one hostile at a time. */
function* hostileRequests(document) {
  for (const [path, operations] of Object.entries(document.paths)) {
    const parameters = operations.get?.parameters ?? [];
    const benign = parameters.filter((one) => one.in === "query" && one.required);
    const query = new Map(benign.map(({ name }) => [name, "2026-01-01"]));
    for (const { name, in: place } of parameters) {
      if (place !== "path" && place !== "query") continue;
      for (const payload of PAYLOADS) {
        const value = encodeURIComponent(payload);
        const inPath = place === "path" ? path.replace(`{${name}}`, value) : path;
        const inQuery = new Map(query);
        if (place === "query") inQuery.set(name, payload);
        const search = new URLSearchParams([...inQuery]);
        yield { name, path: `${inPath.replaceAll(/\{[^}]+\}/g, "acme")}?${search}` };
      }
    }
  }
}

export const wordsFaults = {
  "F12 SQL injection": async ({ startCollector, sql }) => {
    const collector = await startCollector();
    await post(collector.url, [
      track({ userId: "ann" }),
      { type: "group", userId: "ann", groupId: "acme", traits: { name: "Acme" } },
    ]);
    const before = await Promise.all(TABLES.map((table) => countRows(sql, table)));
    const { body: document } = await collector.ask("GET", "/openapi.json");
    const statuses = new Map();
    const failures = [];
    let slowest = 0;
    const count = (status) => statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const requests = hostileRequests(document);
    const read = async () => {
      for (const { path } of requests) {
        const startedAt = performance.now();
        const { status } = await collector.ask("GET", path);
        slowest = Math.max(slowest, performance.now() - startedAt);
        count(status);
        if (status >= 500) failures.push(path);
      }
    };
    await Promise.all(Array.from({ length: 8 }, read));
    const after = await Promise.all(TABLES.map((table) => countRows(sql, table)));
    const messages = PAYLOADS.map((payload) => ({
      type: "track",
      event: payload,
      messageId: payload,
      userId: payload,
      anonymousId: payload,
      properties: { [payload]: payload },
      context: { groupId: payload, sessionId: payload },
    }));
    const { body } = await post(collector.url, messages);
    const cookie = await signIn(collector);
    const sorted = await fetch(`${collector.url}/dashboard?sort=name;DROP+TABLE+events`, {
      headers: { cookie },
    });
    if (sorted.status >= 500) failures.push("/dashboard?sort");
    const tried = [...statuses.values()].reduce((sum, one) => sum + one, 0);
    const isWhole = JSON.stringify(before) === JSON.stringify(after);
    return [
      failures.length === 0 && isWhole && body.accepted === 60 && slowest < 4_000,
      `60 payloads in every parameter: ${tried} reads, ${failures.length} × 5xx${failures[0] ? ` (${failures[0]})` : ""}, counts ${isWhole ? "unchanged" : "changed"}; ${body.accepted} of 60 stored as they are; no route takes a sort order, the dashboard knows its own only (${sorted.status})`,
    ];
  },

  "F21 CSV formula": async ({ startCollector }) => {
    const collector = await startCollector();
    const formulas = ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1"];
    await post(
      collector.url,
      formulas.map((name, at) => ({
        type: "group",
        userId: `user-${at}`,
        groupId: `account-${at}`,
        traits: { name },
      })),
      { key: SECRET_KEY },
    );
    const cookie = await signIn(collector);
    const answer = await fetch(`${collector.url}/dashboard/accounts.csv`, { headers: { cookie } });
    const text = await answer.text();
    const safe = formulas.filter((formula) => text.includes(`'${formula}`));
    const bare = text.split(/[,\r\n]/).filter((cell) => /^"?[=+@\t]/.test(cell));
    return [
      safe.length === formulas.length && bare.length === 0,
      `${safe.length} of ${formulas.length} cells start with an apostrophe, ${bare.length} bare`,
    ];
  },

  "F22 log injection": async ({ startCollector }) => {
    // Limits stay: lifting them is a request, whose line may come late and be counted here.
    const { url, port, logs } = await startCollector({ LOG_LEVEL: "info", limits: "kept" });
    const evil = '\r\n\u001b[31m{"level":60,"msg":"forged"}';
    const path = `/v1/batch${encodeURIComponent(evil)}`;
    const secret = "sk_secret_in_a_query_0123456789";
    await post(url, [track({ event: evil, userId: evil, type: "track" })]);
    const raw = (lines) =>
      exchange(port, `${["GET /v1/accounts HTTP/1.1", "Host: x", ...lines].join("\r\n")}\r\n\r\n`);
    await post(url, [{ type: evil }]);
    await fetch(url + path);
    const parts = [
      await raw(["User-Agent: red \u001b[31m", "Connection: close"]),
      await raw(["X-Forwarded-For: 1.2.3.4\u001b[31m", "Connection: close"]),
      await raw(["User-Agent: a", ' {"level":60,"msg":"forged"}', "Connection: close"]),
    ];
    await fetch(`${url}/v1/track?writeKey=${secret}`, { method: "POST", body: "{}" });
    await fetch(`${url}/v1/accounts`, { headers: { authorization: `Bearer ${secret}` } });
    await fetch(`${url}/v1/accounts?q=ann%40example.com`, {
      headers: { authorization: `Bearer ${SECRET_KEY}`, cookie: `telltale=${secret}` },
    });
    const requestLines = () => logs.filter((line) => line.includes('"msg":"request"'));
    await until(() => requestLines().length >= 6, 5_000);
    await sleep(300);
    const lines = logs.filter((line) => line !== "");
    const parsed = lines.map((line) => {
      try {
        return JSON.parse(line);
      } catch {
        return null;
      }
    });
    const requests = parsed.filter((line) => line?.msg === "request").length;
    const ids = new Set(parsed.map((line) => line?.requestId).filter(Boolean));
    // What Node's own parser refuses never becomes a request.
    const refused = parts.filter(({ status }) => status === 400).length;
    const secrets = logs.filter((line) =>
      [SECRET_KEY, WRITE_KEY, secret, "ann@example.com", "ann%40", "\u001b"].some((one) =>
        line.includes(one),
      ),
    );
    const broken = parsed.filter((line) => line === null).length;
    const forged = parsed.filter((line) => line?.level === 60 || line?.forged).length;
    return [
      requests === 6 + parts.length - refused &&
        requests === ids.size &&
        broken === 0 &&
        forged === 0 &&
        secrets.length === 0,
      `${6 + parts.length} requests (${refused} answered 400), ${ids.size} ids, ${requests} lines, ${broken} unparseable, ${forged} forged, ${secrets.length} with a secret`,
    ];
  },
};
