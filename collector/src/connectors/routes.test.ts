import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { NOW, openSource, SECRET } from "../../test/sources.ts";

const test = useTestDatabase();
const PUBLIC = "http://127.0.0.1:4700";

const sign = (algorithm: string, text: string, encoding: "hex" | "base64") =>
  createHmac(algorithm, SECRET).update(text).digest(encoding);

describe("Zendesk", () => {
  const ticket = (id: string, organization = "42") =>
    JSON.stringify({
      type: "zen:event-type:ticket.created",
      id,
      time: "2026-11-01T11:59:58Z",
      detail: { id: "1", organization_id: organization },
      event: {},
    });
  const signed = (body: string, at = new Date(NOW).toISOString()) => ({
    "x-zendesk-webhook-signature": sign("sha256", at + body, "base64"),
    "x-zendesk-webhook-signature-timestamp": at,
  });

  it("counts the tickets of an account, each once", async () => {
    const { send, observations, heartbeat } = await openSource(test.database, "zendesk");
    for (const id of ["a", "b", "a"]) {
      expect((await send(ticket(id), signed(ticket(id)))).body).toMatchObject({ accepted: 1 });
    }
    expect(await observations()).toEqual([
      { account_id: "acme", series: "tickets_opened", value: 1 },
      { account_id: "acme", series: "tickets_opened", value: 1 },
    ]);
    expect(await heartbeat()).toMatchObject({ heartbeat: "fresh", acceptedCount: 3 });
  });

  it("refuses what is not signed, signed otherwise, or old, before it reads it", async () => {
    const { send, observations, heartbeat } = await openSource(test.database, "zendesk");
    const body = ticket("a");
    const old = new Date(NOW - 301_000).toISOString();
    expect((await send("{not json", {})).status).toBe(401);
    expect((await send(body, signed(`${body} `))).status).toBe(401);
    expect((await send(body, signed(body, old))).status).toBe(401);
    expect(await observations()).toEqual([]);
    expect(await heartbeat()).toMatchObject({ refusedCount: 3, heartbeat: "waiting" });
  });

  it("counts what is about an unknown account as unmatched", async () => {
    const { send } = await openSource(test.database, "zendesk");
    const body = ticket("a", "777");
    expect((await send(body, signed(body))).body).toMatchObject({ accepted: 0, unmatched: 1 });
  });
});

it("Intercom: takes a conversation's rating as a CSAT answer of the user's account", async () => {
  const { send, responses } = await openSource(test.database, "intercom");
  const body = JSON.stringify({
    topic: "conversation.rating.added",
    created_at: Math.floor(NOW / 1000),
    data: {
      item: {
        id: "c1",
        contacts: { contacts: [{ external_id: "ada" }] },
        conversation_rating: { rating: 2, remark: "Slow" },
      },
    },
  });
  const headers = { "x-hub-signature": `sha1=${sign("sha1", body, "hex")}` };
  for (let i = 0; i < 2; i++) expect((await send(body, headers)).status).toBe(200);
  expect(await responses()).toEqual([{ measure: "csat", value: 2, value_100: 25, text: "Slow" }]);
});

it("HubSpot: takes changed numbers of companies, under the v3 signature", async () => {
  const { send, observations, id } = await openSource(test.database, "hubspot");
  const body = JSON.stringify([
    {
      subscriptionType: "company.propertyChange",
      objectId: 9001,
      propertyName: "annualrevenue",
      propertyValue: "120000",
      occurredAt: NOW,
    },
  ]);
  const timestamp = String(NOW);
  const text = `POST${PUBLIC}/v1/in/${id}${body}${timestamp}`;
  const headers = {
    "x-hubspot-signature-v3": sign("sha256", text, "base64"),
    "x-hubspot-request-timestamp": timestamp,
  };
  expect((await send(body, headers)).status).toBe(200);
  expect(await observations()).toEqual([
    { account_id: "acme", series: "hubspot_annualrevenue", value: 120_000 },
  ]);
});

it("Stripe: takes revenue, whatever its currency and interval, and cancellations", async () => {
  const { send, observations, outcomes } = await openSource(test.database, "stripe");
  const created = Math.floor(NOW / 1000);
  const subscription = (type: string, at: number) =>
    JSON.stringify({
      type,
      created: at,
      data: {
        object: {
          customer: "cus_1",
          items: {
            data: [
              { quantity: 2, price: { unit_amount: 120_000, recurring: { interval: "year" } } },
              { quantity: 1, price: { unit_amount: 1_000, recurring: { interval: "month" } } },
            ],
          },
        },
      },
    });
  const signed = (body: string) => ({
    "stripe-signature": `t=${created},v1=${sign("sha256", `${created}.${body}`, "hex")}`,
  });
  const updated = subscription("customer.subscription.updated", created - 60);
  const ended = subscription("customer.subscription.deleted", created);
  expect((await send(updated, signed(updated))).body.accepted).toBe(1);
  expect((await send(ended, signed(ended))).body.accepted).toBe(2);
  const weekly = JSON.stringify({
    type: "customer.subscription.created",
    created: created - 120,
    data: {
      object: {
        customer: "cus_1",
        currency: "jpy",
        items: { data: [{ price: { unit_amount: 1_200, recurring: { interval: "week" } } }] },
      },
    },
  });
  expect((await send(weekly, signed(weekly))).body.accepted).toBe(1);
  expect((await observations()).map((row) => row.value)).toEqual([5_200, 210, 0]);
  expect(await outcomes()).toEqual([{ kind: "churned", value: 0 }]);
});
