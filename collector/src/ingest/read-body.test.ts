import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { MAX_BODY_BYTES } from "@telltale/protocol";
import { describe, expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { withPort } from "../../test/server.ts";
import { readJsonBody } from "./read-body.ts";

const test = useTestDatabase();

const post = (body: BodyInit, headers: Record<string, string> = {}) =>
  new Request("http://telltale.test/v1/batch", { method: "POST", body, headers });

/** Valid JSON of exactly so many bytes. */
const jsonOf = (bytes: number) => `"${"x".repeat(bytes - 2)}"`;

describe("readJsonBody", () => {
  it("reads JSON whatever the content type says", async () => {
    const body = post('{"a":1}', { "content-type": "text/plain" });
    expect(await readJsonBody(body)).toEqual({ a: 1 });
  });

  it("inflates gzip, also when the header does not say so", async () => {
    const packed = gzipSync('{"a":1}');
    expect(await readJsonBody(post(packed, { "content-encoding": "gzip" }))).toEqual({ a: 1 });
    expect(await readJsonBody(post(packed))).toEqual({ a: 1 });
  });

  it("takes an encoding that is named by nothing for none", async () => {
    expect(await readJsonBody(post('{"a":1}', { "content-encoding": "" }))).toEqual({ a: 1 });
  });

  it("takes exactly the limit and refuses one byte more", async () => {
    await expect(readJsonBody(post(jsonOf(MAX_BODY_BYTES)))).resolves.toBeTypeOf("string");
    await expect(readJsonBody(post(jsonOf(MAX_BODY_BYTES + 1)))).rejects.toMatchObject({
      status: 413,
    });
  });

  it("counts the bytes of gzip again after inflation", async () => {
    const fits = gzipSync(jsonOf(MAX_BODY_BYTES));
    await expect(readJsonBody(post(fits))).resolves.toBeTypeOf("string");
    const bomb = gzipSync(Buffer.alloc(64_000_000));
    expect(bomb.byteLength).toBeLessThan(MAX_BODY_BYTES);
    await expect(readJsonBody(post(bomb))).rejects.toMatchObject({ status: 413 });
  });

  it.each([
    ["no JSON", "{", {}, 400],
    ["an empty body", "", {}, 400],
    ["damaged gzip", "abc", { "content-encoding": "gzip" }, 400],
    ["another encoding", "{}", { "content-encoding": "br" }, 415],
    ["an unknown encoding", "{}", { "content-encoding": "gzip, gzip" }, 415],
  ])("refuses %s", async (_, body, headers, status) => {
    await expect(readJsonBody(post(body, headers as Record<string, string>))).rejects.toMatchObject(
      { status },
    );
  });

  it("refuses gzip that ends too soon", async () => {
    const packed = gzipSync('{"a":1}').subarray(0, 20);
    await expect(readJsonBody(post(packed))).rejects.toMatchObject({ status: 400 });
  });
});

describe("a sender without end", () => {
  it("is answered 413 and cut before a megabyte was read", async () => {
    const collector = await createTestCollector(test.database);
    await withPort(collector, async (url, server) => {
      const accepted: Socket[] = [];
      server.on("connection", (socket) => accepted.push(socket));
      const client = connect(Number(new URL(url).port), "127.0.0.1");
      let answer = "";
      client.on("data", (chunk) => {
        answer += chunk;
      });
      client.on("error", () => {});
      client.write("POST /v1/batch HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
      const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
      const pour = () => {
        if (!client.destroyed) client.write(chunk, () => setImmediate(pour));
      };
      pour();
      await new Promise((resolve) => client.once("close", resolve));
      expect(answer).toContain("413");
      expect(accepted[0]?.bytesRead).toBeLessThan(1_048_576);
    });
  });
});
