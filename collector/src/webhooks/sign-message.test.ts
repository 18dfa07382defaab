import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createWebhookSecret, signMessage } from "./sign-message.ts";

const secret = createWebhookSecret();
const now = () => Math.floor(Date.now() / 1000);
const verify = (body: string, headers: Record<string, string>) =>
  new Webhook(secret).verify(body, headers);

afterEach(() => {
  vi.useRealTimers();
});

describe("signMessage", () => {
  it("agrees with the official library on any body", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.json(), (id, body) => {
        const headers = signMessage({ id, timestampSeconds: now(), body }, [secret]);
        expect(verify(body, headers)).toEqual(JSON.parse(body));
      }),
    );
  });

  it("F33 lets nothing but the exact message pass, for 300 seconds", () => {
    const body = '{"type":"ping", "data":{}}';
    const good = signMessage({ id: "a", timestampSeconds: now(), body }, [secret]);
    const signature = good["webhook-signature"] as string;
    expect(() => verify(body, { ...good, "webhook-signature": signature.slice(0, -4) })).toThrow();
    expect(() => verify(body, { ...good, "webhook-signature": "v1," })).toThrow();
    expect(() => verify(body, { ...good, "webhook-id": "b" })).toThrow();
    expect(() => verify(JSON.stringify(JSON.parse(body)), good)).toThrow();
    vi.useFakeTimers({ toFake: ["Date"] });
    for (const [skew, passes] of [
      [-301, false],
      [301, false],
      [-300, true],
      [300, true],
    ] as const) {
      const shifted = signMessage({ id: "a", timestampSeconds: now() + skew, body }, [secret]);
      if (passes) expect(verify(body, shifted)).toBeTruthy();
      else expect(() => verify(body, shifted)).toThrow();
    }
  });
});
