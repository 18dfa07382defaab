/** Who has no business here: foreign origins, forged identities, guessed keys, foreign forms. */

import { createHmac } from "node:crypto";
import { createApp } from "../../collector/dist/app.js";
import { createIngestion } from "../../collector/dist/ingest/create-ingestion.js";
import { createLogger } from "../../collector/dist/logger.js";
import { createKeyRing } from "../../collector/dist/projects/key-ring.js";
import { post, track, WRITE_KEY } from "./client.mjs";
import { countRows, quantile } from "./judge.mjs";
import { signIn } from "./sign-in.mjs";

const toBase64 = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

function signToken(claims, secret, { alg = "HS256", hash = "sha256" } = {}) {
  const text = `${toBase64({ alg, typ: "JWT" })}.${toBase64(claims)}`;
  return `${text}.${createHmac(hash, secret).update(text).digest("base64url")}`;
}

/** Rows of every table, so that any change shows. */
async function countAll(sql) {
  const tables = await sql`
    SELECT c.relname AS name FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT c.relispartition ORDER BY 1`;
  const counts = {};
  for (const { name } of tables) counts[name] = await countRows(sql, name);
  return JSON.stringify(counts);
}

export const doorFaults = {
  "F15 origin spoof": async ({ startCollector }) => {
    const { url, ask } = await startCollector();
    await ask("PATCH", "/v1/project", { allowedOrigins: ["https://app.example"] });
    const send = async (origin) =>
      (await post(url, [track()], { headers: origin ? { origin } : {} })).status;
    const statuses = [
      await send("https://evil.example"),
      await send(),
      await send("null"),
      await send("https://app.example"),
    ];
    return [
      statuses.join() === "403,403,403,200",
      `foreign ${statuses[0]}, none ${statuses[1]}, null ${statuses[2]}, allowed ${statuses[3]}`,
    ];
  },

  "F16 forged identity": async ({ startCollector, sql }) => {
    const { url, ask } = await startCollector();
    const { body } = await ask("POST", "/v1/project/identity-secret");
    await ask("PATCH", "/v1/project", { identity: "enforce" });
    const now = Math.floor(Date.now() / 1_000);
    const claims = { sub: "ann", account: "acme", iat: now, exp: now + 3_600 };
    const good = signToken(claims, body.secret);
    const forgeries = [
      undefined,
      `${toBase64({ alg: "none", typ: "JWT" })}.${toBase64(claims)}.`,
      signToken(claims, "not the secret"),
      signToken({ ...claims, iat: now - 7_200, exp: now - 3_600 }, body.secret),
      signToken({ ...claims, account: "another project's" }, "its secret"),
      good.slice(0, -4),
      signToken({ ...claims, sub: "bob" }, body.secret),
      signToken({ ...claims, account: "bolt" }, body.secret),
      signToken(claims, body.secret, { alg: "HS512", hash: "sha512" }),
      signToken({ ...claims, exp: now + 86_400 }, body.secret),
    ];
    const send = (token) =>
      post(url, [track({ userId: "ann", context: { groupId: "acme", token } })]);
    const statuses = [];
    for (const token of forgeries) statuses.push((await send(token)).status);
    const [stored, queued] = [
      await countRows(sql, "events"),
      await countRows(sql, "rescore_queue"),
    ];
    const real = await send(good);
    const refused = statuses.filter((status) => status === 403).length;
    return [
      refused === forgeries.length && stored === 0 && queued === 0 && real.status === 200,
      `${refused} of ${forgeries.length} answered 403, ${stored} stored, ${queued} accounts to score again; the real one ${real.status}`,
    ];
  },

  "F17 key brute force": async ({ startCollector }) => {
    const { url } = await startCollector({ TRUSTED_PROXY_HOPS: "1" });
    const from = (address) => ({ "x-forwarded-for": address });
    const guess = async (key, address) => post(url, [], { key, headers: from(address) });
    let answered = 0;
    let blocked;
    for (let tries = 0; tries < 200; tries += 1) {
      const answer = await guess(`wk_guess_${tries}`, "198.51.100.1");
      if (answer.status === 401) answered += 1;
      else blocked ??= answer;
    }
    const locked = await post(url, [track()], { headers: from("198.51.100.1") });
    const neighbour = await post(url, [track()], { headers: from("198.51.100.2") });
    // Twenty tries an address, so that each is looked up: near misses and nonsense by turns.
    const times = [[], []];
    for (let tries = 0; tries < 2_000; tries += 1) {
      const near = WRITE_KEY.slice(0, -4) + String(tries).padStart(4, "0");
      const far = `wk_${String(tries).padStart(WRITE_KEY.length - 3, "q")}`;
      const { ms } = await guess(tries % 2 ? near : far, `203.0.${tries % 7}.${(tries / 20) | 0}`);
      if (tries >= 200) times[tries % 2].push(ms);
    }
    const [far, near] = times.map((one) => quantile(one, 0.5));
    const difference = Math.abs(near / far - 1) * 100;
    return [
      answered <= 21 &&
        blocked?.retryAfter > 0 &&
        locked.status === 429 &&
        neighbour.status === 200 &&
        difference < 5,
      `${answered} of 200 wrong keys looked up, then 429 with Retry-After ${blocked?.retryAfter} s, for the right key from there too; a neighbour ${neighbour.status}; 2,000 tries: medians differ ${difference.toFixed(1)} %`,
    ];
  },

  "F18 login brute force": async ({ startCollector }) => {
    const collector = await startCollector({ TRUSTED_PROXY_HOPS: "1" });
    const guess = (token, address) =>
      fetch(`${collector.url}/dashboard/sign-in?token=${token}`, {
        headers: { "x-forwarded-for": address },
        redirect: "manual",
      });
    const answers = [];
    for (let tries = 0; tries < 50; tries += 1) {
      answers.push(await guess(`guess-${tries}`, "198.51.100.1"));
    }
    const from = answers.findIndex(({ status }) => status === 429) + 1;
    const wait = Number(answers.at(-1)?.headers.get("retry-after"));
    const elsewhere = await guess("guess", "198.51.100.2");
    const enter = (address) =>
      fetch(`${collector.url}/dashboard/sign-in/password`, {
        method: "POST",
        headers: { "x-forwarded-for": address, origin: collector.url },
        body: new URLSearchParams({ email: "owner@telltale.test", password: "wrong" }),
        redirect: "manual",
      });
    const passwords = [];
    for (let tries = 0; tries < 20; tries += 1) passwords.push(await enter("198.51.100.3"));
    const closedFrom = passwords.findIndex(({ status }) => status === 429) + 1;
    const { rssMb } = await collector.look();
    return [
      from === 21 && closedFrom === 6 && wait > 0 && elsewhere.status === 401 && rssMb < 300,
      `links of 256 bits, 50 guessed from one address: 429 from try ${from}, Retry-After ${wait} s; another address ${elsewhere.status}; passwords: 429 from try ${closedFrom}; ${rssMb.toFixed(0)} MB`,
    ];
  },

  "F19 foreign forms": async ({ startCollector, openDatabase, sql }) => {
    const collector = await startCollector();
    const database = openDatabase();
    const app = createApp({
      database,
      keyRing: createKeyRing(database.db, Date.now),
      eventWriter: createIngestion(database.sql, Date.now),
      logger: createLogger("silent"),
      clock: Date.now,
      publicUrl: collector.url,
      appSecret: "a secret of at least thirty-two characters",
    });
    const changing = app.routes.filter(
      ({ method, path }) => !["GET", "HEAD", "ALL"].includes(method) && /^\/dashboard/.test(path),
    );
    const paths = [...new Set(changing.map(({ method, path }) => `${method} ${path}`))];
    const cookie = await signIn(collector);
    const [origin, form] = ["https://evil.example", "application/x-www-form-urlencoded"];
    const disguises = [
      { origin, "content-type": form },
      { origin, "content-type": form, "sec-fetch-site": "cross-site" },
      { origin, "content-type": "text/plain" },
      { origin, "content-type": "application/json" },
      { "content-type": form },
    ];
    const before = await countAll(sql);
    let refused = 0;
    for (const route of paths) {
      const [method, template] = route.split(" ");
      const path = template.replaceAll(/:\w+(\{[^}]*\})?/g, "01930000-0000-7000-8000-000000000000");
      for (const headers of disguises) {
        const { status } = await fetch(collector.url + path, {
          method,
          headers: { cookie, ...headers },
          body: "name=changed&status=live",
          redirect: "manual",
        });
        if (status === 403 || status === 415) refused += 1;
      }
    }
    const isUnchanged = (await countAll(sql)) === before;
    const tries = paths.length * disguises.length;
    return [
      paths.length > 10 && refused === tries && isUnchanged,
      `${refused} of ${tries} refused (${paths.length} routes × ${disguises.length} disguises), ${isUnchanged ? "0 mutations" : "rows changed"}`,
    ];
  },
};
