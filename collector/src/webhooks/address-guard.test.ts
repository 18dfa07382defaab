import { afterAll, describe, expect, it } from "vitest";
import { startReceiver } from "../../test/receiver.ts";
import { isPublicAddress } from "./address-guard.ts";
import { createSender } from "./sender.ts";

const HOSTILE = [
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "10.255.255.255",
  "100.64.0.1",
  "100.127.255.255",
  "127.0.0.1",
  "127.1.2.3",
  "169.254.0.1",
  "169.254.169.254",
  "169.254.170.2",
  "168.63.129.16",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.1",
  "192.0.2.1",
  "192.88.99.1",
  "192.168.0.1",
  "192.168.255.255",
  "198.18.0.1",
  "198.19.255.255",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "239.255.255.255",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:10.0.0.1",
  "::ffff:169.254.169.254",
  "64:ff9b::127.0.0.1",
  "64:ff9b::a9fe:a9fe",
  "2002:7f00:1::",
  "2001::1",
  "2001:db8::1",
  "fc00::1",
  "fd00:ec2::254",
  "fe80::1",
  "fec0::1",
  "ff02::1",
  "100::1",
];

const SPELLINGS = [
  "http://127.0.0.1",
  "http://127.1",
  "http://2130706433",
  "http://0x7f000001",
  "http://0x7f.1",
  "http://0177.0.0.1",
  "http://017700000001",
  "http://[::1]",
  "http://[::ffff:127.0.0.1]",
  "http://[::ffff:7f00:1]",
  "http://[0:0:0:0:0:0:0:1]",
  "http://127.0.0.1.",
  "http://①②⑦.0.0.1",
  "http://localhost",
  "http://LOCALHOST.",
  "http://0",
];

describe("F23 the address guard", () => {
  const strict = createSender({ isPrivateAllowed: false, allowedHosts: [] });
  afterAll(() => strict.close());

  it.each(HOSTILE)("refuses %s", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"])(
    "lets %s pass",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it("connects to none of 16 spellings of the own machine", async () => {
    const inside = await startReceiver();
    const { port } = new URL(inside.url);
    for (const spelling of SPELLINGS) {
      const answer = await strict.send({ url: `${spelling}:${port}/`, headers: {}, body: "{}" });
      expect([spelling, answer.isBlocked]).toEqual([spelling, true]);
    }
    expect(inside.received).toHaveLength(0);
    await inside.close();
  });

  it("refuses a name as soon as one of its addresses is private", async () => {
    const sender = createSender({
      isPrivateAllowed: false,
      allowedHosts: [],
      lookup: (_name, _options, callback) =>
        callback(null, [
          { address: "93.184.216.34", family: 4 },
          { address: "127.0.0.1", family: 4 },
        ]),
    });
    const answer = await sender.send({ url: "http://mixed.example/", headers: {}, body: "{}" });
    expect(answer).toMatchObject({ isBlocked: true, status: null });
    await sender.close();
  });
});

describe("F26 the sender", () => {
  const sender = createSender({ isPrivateAllowed: true, allowedHosts: [], timeoutMs: 300 });
  afterAll(() => sender.close());

  it("gives up on a receiver that never answers", async () => {
    const silent = await startReceiver(() => {});
    const answer = await sender.send({ url: silent.url, headers: {}, body: "{}" });
    expect(answer).toMatchObject({ status: null, error: "timeout" });
    expect(answer.durationMs).toBeLessThan(2_000);
    await silent.close();
  });

  it("reads no more than 64 KB of an endless body, and keeps the status", async () => {
    let written = 0;
    const endless = await startReceiver((response) => {
      response.writeHead(200);
      const timer = setInterval(() => {
        written += 65_536;
        response.write("x".repeat(65_536));
      }, 5);
      response.on("close", () => clearInterval(timer));
    });
    const answer = await sender.send({ url: endless.url, headers: {}, body: "{}" });
    expect(answer.status).toBe(200);
    expect(answer.body).toHaveLength(65_536);
    expect(written).toBeLessThan(2_000_000);
    await endless.close();
  });

  it("answers with an error when the connection is reset", async () => {
    const rude = await startReceiver((response) => response.socket?.resetAndDestroy());
    const answer = await sender.send({ url: rude.url, headers: {}, body: "{}" });
    expect(answer.status).toBeNull();
    expect(answer.error).toBeTruthy();
    await rude.close();
  });
});
