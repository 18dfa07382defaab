import { gzipSync } from "node:zlib";
import { MAX_BATCH_MESSAGES } from "@telltale/protocol";
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { createTestCollector, type TestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";

const test = useTestDatabase();
const track = (given: Record<string, unknown> = {}) => ({
  type: "track",
  event: "Report Opened",
  userId: "ann",
  context: { groupId: "acme" },
  ...given,
});

describe("the routes of ingestion", () => {
  let collector: TestCollector;
  beforeAll(async () => {
    collector = await createTestCollector(test.database);
  });

  async function post(
    path: string,
    body: unknown,
    headers: Record<string, string> = { authorization: `Bearer ${collector.writeKey}` },
  ) {
    const response = await collector.app.request(path, {
      method: "POST",
      headers,
      body:
        typeof body === "string" || body instanceof Uint8Array
          ? (body as BodyInit)
          : JSON.stringify(body),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  async function countEvents(messageId: string): Promise<number> {
    const rows = await test.database.sql`
      SELECT 1 FROM events WHERE project_id = ${collector.projectId} AND message_id = ${messageId}`;
    return rows.length;
  }

  it("takes the write key by Basic, by Bearer, in the body and in the query", async () => {
    const { writeKey } = collector;
    const basic = `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}`;
    const batch = () => ({ batch: [track()] });
    const good = { success: true, accepted: 1, duplicates: 0, rejected: [] };
    expect((await post("/v1/batch", batch(), { authorization: basic })).body).toEqual(good);
    expect((await post("/v1/batch", batch())).body).toEqual(good);
    expect((await post("/v1/batch", { ...batch(), writeKey }, {})).body).toEqual(good);
    expect((await post(`/v1/batch?writeKey=${writeKey}`, batch(), {})).body).toEqual(good);
    expect((await post("/v1/batch", batch(), {})).status).toBe(401);
  });

  it("makes no two people one whose ids are numbers that JSON can't tell apart", async () => {
    const [ann, bob] = ["9007199254740992", "9007199254740993"];
    const sent = (id: string) =>
      `{"type":"track","event":"x","messageId":"of-${id}","userId":${id}}`;
    const { body } = await post("/v1/batch", `{"batch":[${sent(ann)},${sent(bob)}]}`);
    const why = { code: "invalid_field", detail: expect.stringMatching(/^\/userId .+ string$/) };
    expect(body).toMatchObject({ accepted: 0, rejected: [why, why] });
    const kept = await test.database.sql`
      SELECT message_id FROM rejected_messages WHERE project_id = ${collector.projectId}
        AND message_id LIKE 'of-%' ORDER BY 1`;
    expect(kept.map((row) => row.message_id)).toEqual([`of-${ann}`, `of-${bob}`]);
    const single = await post("/v1/identify", `{"userId":${ann}}`);
    expect(single.body).toMatchObject({ accepted: 0, rejected: [why] });
    const strings = [ann, bob].map((userId) => track({ userId }));
    expect((await post("/v1/batch", { batch: strings })).body).toMatchObject({ accepted: 2 });
  });

  it.each(["/v1/batch", "/v1/b", "/v1/import"])(
    "takes batches at %s, as JSON, text and gzip",
    async (path) => {
      const { writeKey } = collector;
      const text = JSON.stringify({ batch: [track()], writeKey });
      expect((await post(path, text, { "content-type": "text/plain" })).status).toBe(200);
      const packed = { "content-encoding": "gzip" };
      expect((await post(path, gzipSync(text), packed)).body.accepted).toBe(1);
    },
  );

  it.each([
    ["track", "t", { event: "A", userId: "ann" }],
    ["identify", "i", { userId: "ann", traits: { role: "admin" } }],
    ["group", "g", { userId: "ann", groupId: "acme" }],
    ["page", "p", { userId: "ann", name: "Home" }],
    ["screen", "s", { userId: "ann", name: "Home" }],
    ["alias", "a", { userId: "ann", previousId: "visitor-1" }],
  ])("takes a single %s at its long and its short path", async (type, short, message) => {
    for (const path of [`/v1/${type}`, `/v1/${short}`]) {
      const messageId = v7();
      expect((await post(path, { ...message, messageId })).body.accepted).toBe(1);
      expect(await countEvents(messageId)).toBe(1);
    }
  });

  it("stores a message once, told by its id, whatever form the id has and however it is resent", async () => {
    for (const messageId of [v7(), "ajs-next-1718450000000-abc", "7"]) {
      const once = await post("/v1/batch", { batch: [track({ messageId })] });
      expect(once.body).toMatchObject({ accepted: 1, duplicates: 0 });
      const again = track({ messageId, timestamp: "2026-06-14T00:00:00Z" });
      const twice = await post("/v1/batch", { batch: [again, again] });
      expect(twice.body).toMatchObject({ accepted: 0, duplicates: 2 });
      expect(await countEvents(messageId)).toBe(1);
    }
  });

  it("stores a message once although twenty requests bring it at the same moment", async () => {
    const ids = Array.from({ length: 25 }, (_, index) => (index % 2 ? v7() : `foreign-${index}`));
    const batch = (order: string[]) => ({ batch: order.map((messageId) => track({ messageId })) });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        post("/v1/batch", batch(index % 2 ? ids : [...ids].reverse())),
      ),
    );
    const accepted = answers.reduce((sum, { body }) => sum + body.accepted, 0);
    const duplicates = answers.reduce((sum, { body }) => sum + body.duplicates, 0);
    expect([accepted, duplicates]).toEqual([25, 19 * 25]);
  });

  it("lets two projects use the same id without knowing of each other", async () => {
    const other = await createTestCollector(test.database);
    const messageId = v7();
    await collector.send(track({ messageId }));
    const responses = await Promise.all(
      [collector, other].map((one) =>
        one.call("POST", "/v1/batch", { batch: [track({ messageId })] }),
      ),
    );
    const [mine, theirs] = await Promise.all(responses.map((response) => response.json()));
    expect(mine).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(theirs).toMatchObject({ accepted: 1, duplicates: 0 });
  });

  it("keeps the good part of a batch, answers the bad part and quarantines it", async () => {
    const bad = [
      { ...track(), properties: { note: "a\u0000b" } },
      { ...track(), properties: { note: "half \ud800 pair" } },
      '{"type":"track","event":"x","userId":"ann","properties":{"n":1e400}}',
      { ...track(), timestamp: "yesterday" },
      { ...track(), properties: { a: { b: { c: { d: { e: { f: { g: { h: { i: 1 } } } } } } } } } },
    ];
    const good = Array.from({ length: 95 }, () => track());
    const texts = [...good.slice(0, 50), ...bad, ...good.slice(50)].map((one) =>
      typeof one === "string" ? one : JSON.stringify(one),
    );
    const { status, body } = await post("/v1/batch", `{"batch":[${texts.join(",")}]}`);
    expect(status).toBe(200);
    expect(body.accepted).toBe(95);
    expect(body.rejected.map((one: { index: number }) => one.index)).toEqual([50, 51, 52, 53, 54]);
    expect(body.rejected.map((one: { code: string }) => one.code)).toEqual([
      "invalid_text",
      "invalid_text",
      "invalid_field",
      "invalid_timestamp",
      "too_deep",
    ]);
    const list = await collector.call("GET", "/v1/rejected-messages?limit=5");
    const { data } = await list.json();
    expect(data.map((row: { code: string }) => row.code).sort()).toEqual(
      body.rejected.map((one: { code: string }) => one.code).sort(),
    );
  });

  it("refuses what is no batch with a pointer to the fault", async () => {
    const { status, headers, body } = await post("/v1/batch", { batch: "all" });
    expect(status).toBe(400);
    expect(headers.get("content-type")).toContain("application/problem+json");
    expect(body.errors).toEqual([{ pointer: "/batch", detail: "must be an array of messages" }]);
    expect((await post("/v1/batch", "{")).status).toBe(400);
    expect((await post("/v1/track", [1])).status).toBe(400);
  });

  it("judges the context of a batch as it does that of a message, and names the place", async () => {
    const deep = `${'{"a":'.repeat(40_000)}1${"}".repeat(40_000)}`;
    const cases = [
      [deep, "nested deeper"],
      ['{"page":{"title":"a\\u0000b"}}', "/page/title holds a NUL character"],
      ['{"load":1e400}', "/load is not a finite number"],
    ];
    for (const [context, words] of cases) {
      const batch = JSON.stringify([track()]);
      const { status, body } = await post("/v1/batch", `{"context":${context},"batch":${batch}}`);
      expect(status).toBe(400);
      expect(body.errors[0]).toMatchObject({ detail: expect.stringContaining(words as string) });
      expect(body.errors[0].pointer).toBe("/context");
    }
    const fine = await post("/v1/batch", { context: { ip: "0.0.0.0" }, batch: [track()] });
    expect(fine.body.accepted).toBe(1);
  });

  it("refuses more messages than the limit, and an empty batch is fine", async () => {
    const messages = Array.from({ length: MAX_BATCH_MESSAGES + 1 }, () => ({}));
    expect((await post("/v1/batch", { batch: messages })).status).toBe(413);
    expect((await post("/v1/batch", { batch: [] })).body).toMatchObject({ accepted: 0 });
  });

  it("answers a page's preflight and lets it read the answer", async () => {
    const response = await collector.app.request("/v1/batch", {
      method: "OPTIONS",
      headers: {
        origin: "https://app.example.com",
        "access-control-request-method": "POST",
        // RudderStack's browser library sends headers of its own, more of them with a retry.
        "access-control-request-headers": "anonymousid,authorization,rsa-retry-attempt,sentat",
      },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-headers")?.split(",")).toEqual(
      expect.arrayContaining(["anonymousid", "authorization", "rsa-retry-attempt", "sentat"]),
    );
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });

  it("checks the origin in the handler, for a browser key", async () => {
    const listed = await createTestCollector(test.database, {
      settings: { allowedOrigins: ["https://app.example.com"] },
    });
    const send = async (origin: string | undefined, key: string) => {
      const response = await listed.app.request("/v1/batch", {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, ...(origin !== undefined && { origin }) },
        body: JSON.stringify({ batch: [track()] }),
      });
      return response.status;
    };
    expect(await send("https://app.example.com", listed.writeKey)).toBe(200);
    for (const origin of ["https://evil.example", "null", undefined]) {
      expect(await send(origin, listed.writeKey)).toBe(403);
    }
    expect(await send(undefined, listed.secretKey)).toBe(200);
    const rows = await test.database.sql`
      SELECT count(*)::int AS count FROM events WHERE project_id = ${listed.projectId}`;
    expect(rows[0]?.count).toBe(2);
  });
});
