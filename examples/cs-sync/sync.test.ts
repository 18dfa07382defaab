import { createSync, prepare } from "@telltale/example-cs-sync";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../collector/test/database.ts";

const test = useTestDatabase();
const secret = `whsec_${Buffer.alloc(32, 3).toString("base64")}`;
const TIERS = ["healthy", "at_risk", "critical"];

const bodyOf = (type: string, sequence: number, more: object = {}) =>
  JSON.stringify({
    type,
    timestamp: new Date(Date.UTC(2026, 0, 1) + sequence * 60_000).toISOString(),
    data: {
      account: { id: "acme", name: "Acme" },
      score: 100 - sequence,
      tier: TIERS[sequence % 3],
      sequence,
      ...more,
    },
  });

describe("the consumer", () => {
  it("ends right whatever order its messages come in, and however often", async () => {
    const { sql } = test.database;
    await prepare(sql);
    const app = createSync({ sql, secret });
    const send = async (id: string, body: string) => {
      const now = new Date();
      const headers = {
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
        "webhook-signature": new Webhook(secret).sign(id, now, body),
      };
      const response = await app.request("/webhooks", { method: "POST", body, headers });
      expect(response.status).toBe(204);
    };
    const messages = Array.from({ length: 8 }, (_, n): [string, string] => [
      `m${n}`,
      n % 2 === 0
        ? bodyOf("account.score_changed", n + 1)
        : bodyOf(n === 7 ? "alert.resolved" : "alert.opened", n + 1, {
            alert: { id: "a1", summary: "Acme fell", status: n === 7 ? "resolved" : "open" },
          }),
    ]);
    const orders = fc.shuffledSubarray([...messages, ...messages], {
      minLength: 2 * messages.length,
    });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        await sql`TRUNCATE account_health_copy, seen_messages, tasks`;
        for (const [id, body] of order) await send(id, body);
        expect(await (await app.request("/accounts")).json()).toEqual({
          accounts: [
            { accountId: "acme", name: "Acme", score: 92, tier: TIERS[8 % 3], sequence: 8 },
          ],
          tasks: [{ accountId: "acme", title: "Acme fell", ownerRole: null, status: "resolved" }],
        });
      }),
      { numRuns: 15 },
    );
  });

  it("believes nothing that is not signed", async () => {
    const { sql } = test.database;
    await prepare(sql);
    const app = createSync({ sql, secret });
    const body = bodyOf("account.score_changed", 99);
    expect((await app.request("/webhooks", { method: "POST", body })).status).toBe(401);
  });
});
