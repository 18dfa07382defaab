import { setTimeout as sleep } from "node:timers/promises";
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { recountUsage } from "../src/operations/recount-usage.ts";
import { findFreePort, startChildCollector } from "./child-collector.ts";
import { useTestDatabase } from "./database.ts";

const test = useTestDatabase();
const WRITE_KEY = "wk_durability_test_key";

function createSender(url: string) {
  const acknowledged = new Set<string>();
  let isStopping = false;
  let failures = 0;

  async function send(batch: object[]): Promise<void> {
    while (!isStopping) {
      const answer = await fetch(`${url}/v1/batch`, {
        method: "POST",
        headers: { authorization: `Bearer ${WRITE_KEY}` },
        body: JSON.stringify({ batch }),
      }).catch(() => null);
      if (answer?.ok) {
        await answer.json().catch(() => null);
        for (const message of batch) acknowledged.add((message as { messageId: string }).messageId);
        return;
      }
      failures += 1;
      await sleep(20);
    }
  }

  async function run(sender: number): Promise<void> {
    while (!isStopping) {
      const batch = Array.from({ length: 20 }, (_, index) => ({
        type: "track",
        event: index % 2 ? "A" : "B",
        messageId: index % 4 ? v7() : `foreign ${v7()}`,
        userId: `user-${sender}`,
        context: { groupId: `account-${sender % 3}` },
      }));
      await send(batch);
    }
  }

  const running = Promise.all(Array.from({ length: 8 }, (_, sender) => run(sender)));
  return {
    acknowledged,
    get failures() {
      return failures;
    },
    async stop() {
      isStopping = true;
      await running;
    },
  };
}

describe("a collector killed while events come in", () => {
  it("has every acknowledged event once, and the usage that these make", {
    timeout: 60_000,
  }, async () => {
    const port = String(await findFreePort());
    const env = {
      DATABASE_URL: test.url,
      PORT: port,
      TELLTALE_WRITE_KEY: WRITE_KEY,
      TELLTALE_SECRET_KEY: "sk_durability_test_key",
      APP_SECRET: "a secret of at least thirty-two characters",
    };
    let child = await startChildCollector(env);
    const sender = createSender(child.url);
    for (let kill = 0; kill < 2; kill += 1) {
      await sleep(700);
      await child.end("SIGKILL");
      child = await startChildCollector(env);
    }
    await sleep(300);
    await sender.stop();
    await child.end("SIGKILL");
    const { sql } = test.database;
    const rows = await sql<{ message_id: string }[]>`SELECT message_id FROM events`;
    const stored = rows.map((row) => row.message_id);
    expect(sender.failures).toBeGreaterThan(0);
    expect(sender.acknowledged.size).toBeGreaterThan(100);
    expect(new Set(stored).size).toBe(stored.length);
    const known = new Set(stored);
    expect([...sender.acknowledged].filter((id) => !known.has(id))).toEqual([]);
    expect(await recountUsage(sql)).toEqual([]);
  });
});
