/** A stranger with the public key, who wants an account to look well. */

import { createHmac } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { newId, post, SECRET_KEY, track } from "./client.mjs";
import { signIn } from "./sign-in.mjs";

const DAY_MS = 86_400_000;
const FAKES = 10_000;
const SUMS_WRITTEN_MS = 1_500;

const toPart = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A proof of identity, as the product's own server makes it. */
function proofOf(secret, sub, account) {
  const iat = Math.floor(Date.now() / 1_000);
  const text = `${toPart({ alg: "HS256", typ: "JWT" })}.${toPart({ sub, account, iat, exp: iat + 3_600 })}`;
  return `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
}

/** Sixty days of accounts between lively and asleep, by the secret key. */
function* history(accounts) {
  for (let account = 0; account < accounts; account += 1) {
    for (let day = 1; day <= 60; day += 1) {
      if ((day * 7 + account * 13) % accounts > account) continue;
      for (let user = 0; user < 3; user += 1) {
        const at = new Date(Date.now() - day * DAY_MS).toISOString();
        const context = { groupId: `account-${account}`, sessionId: `${account}-${user}-${day}` };
        const more = { userId: `user-${account}-${user}`, timestamp: at, context };
        const feature = `feature-${(user + day) % 4}`;
        yield track({ ...more, messageId: newId() });
        yield track({ ...more, event: "Feature Used", properties: { feature } });
      }
    }
  }
}

export const poisonFaults = {
  "F50 score poisoning": async ({ startCollector }) => {
    const collector = await startCollector();
    const { url, ask } = collector;
    const { body: minted } = await ask("POST", "/v1/project/identity-secret", {});
    await ask("PATCH", "/v1/project", { identity: "log" });
    const past = [...history(30)];
    for (let from = 0; from < past.length; from += 1_000) {
      await post(url, past.slice(from, from + 1_000), { key: SECRET_KEY });
    }
    const target = "account-6";
    const scoreOf = async () => {
      await ask("POST", "/v1/score", {});
      return (await ask("GET", `/v1/accounts/${target}/health`)).body;
    };
    const signed = (user) => {
      const userId = `user-6-${user}`;
      const context = { groupId: target, token: proofOf(minted.secret, userId, target) };
      return track({ userId, context });
    };
    const proved = await post(url, [signed(0), signed(1), signed(2)]);
    const before = await scoreOf();
    let stored = 0;
    for (let from = 0; from < FAKES; from += 250) {
      const fakes = Array.from({ length: 250 }, (_, at) => {
        const feature = `feature-${at % 4}`;
        const userId = `fake-${from + at}`;
        const context = { groupId: target, sessionId: userId };
        const event = "Feature Used";
        const properties = { feature, engaged_ms: 600_000 };
        return [track({ userId, context }), track({ userId, context, event, properties })];
      });
      const answer = await post(url, fakes.flat());
      stored += answer.body?.accepted ?? 0;
    }
    const after = await scoreOf();
    // Proofs are summed in memory and written a moment later.
    await sleep(SUMS_WRITTEN_MS);
    const { unsignedShare } = (await ask("GET", `/v1/accounts/${target}`)).body;
    const cookie = await signIn(collector);
    const page = await fetch(`${url}/dashboard/accounts/${target}`, { headers: { cookie } });
    const isShown = (await page.text()).includes("without a");
    const moved = Math.abs((after.score ?? 0) - (before.score ?? 0));
    return [
      proved.body?.accepted === 3 &&
        before.score !== null &&
        stored === 2 * FAKES &&
        moved <= 5 &&
        unsignedShare > 0.99 &&
        isShown,
      `${FAKES} made-up users with the public key on an account whose own prove who they are: ${stored} messages stored, ${((unsignedShare ?? 0) * 100).toFixed(1)} % unsigned, shown by REST${isShown ? " and on its page" : ""}; score ${before.score?.toFixed(1)} before, ${after.score?.toFixed(1)} after`,
    ];
  },
};
