import { describe, expect, it } from "vitest";
import { createTestCollector } from "../test/collector.ts";
import { useTestDatabase } from "../test/database.ts";
import { withPort } from "../test/server.ts";

const test = useTestDatabase();

describe("limitWrongKeys", () => {
  it("looks up twenty wrong keys of an address, then none, not even a right one", async () => {
    const collector = await createTestCollector(test.database);
    await withPort(collector, async (url) => {
      const ask = (key: string, path = "/v1/accounts") =>
        fetch(url + path, { headers: { authorization: `Bearer ${key}` } });
      const statuses: number[] = [];
      for (let tries = 0; tries < 25; tries += 1) {
        statuses.push((await ask(`sk_guess_${tries}`)).status);
      }
      expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 401));
      expect(statuses.slice(20)).toContain(429);
      const blocked = await ask(collector.secretKey);
      expect(blocked.status).toBe(429);
      expect(Number(blocked.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
      expect(await blocked.json()).toMatchObject({ status: 429 });
      expect((await ask("", "/healthz")).status).toBe(200);
    });
  });

  it("counts no request without a key: it guesses nothing", async () => {
    const collector = await createTestCollector(test.database);
    await withPort(collector, async (url) => {
      for (let tries = 0; tries < 30; tries += 1) {
        expect((await fetch(`${url}/v1/accounts`)).status).toBe(401);
        const batch = { method: "POST", body: '{"batch":[]}' };
        expect((await fetch(`${url}/v1/batch`, batch)).status).toBe(401);
      }
      const headers = { authorization: `Bearer ${collector.secretKey}` };
      expect((await fetch(`${url}/v1/accounts`, { headers })).status).toBe(200);
    });
  });

  it("counts wrong keys only: who has a right one may ask as often as the rate allows", async () => {
    const collector = await createTestCollector(test.database);
    await withPort(collector, async (url) => {
      for (let tries = 0; tries < 30; tries += 1) {
        const headers = { authorization: `Bearer ${collector.writeKey}` };
        expect((await fetch(`${url}/v1/accounts`, { headers })).status).toBe(403);
      }
      const headers = { authorization: `Bearer ${collector.secretKey}` };
      expect((await fetch(`${url}/v1/accounts`, { headers })).status).toBe(200);
    });
  });
});
