import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "../../test/database.ts";
import { openProject } from "../../test/project.ts";
import { watchSources } from "./watch-sources.ts";

const test = useTestDatabase();
const NOW = Date.parse("2026-11-01T12:00:00Z");
const SECRET = "shared-secret-of-the-vendor";
const PUBLIC = "http://127.0.0.1:4700";

async function opened(kind: string, more: object = {}) {
  const time = { now: NOW };
  const project = await openProject(test.database, () => time.now);
  const { sql } = test.database;
  const { projectId } = project;
  await sql`
    INSERT INTO accounts (project_id, account_id, external_ids, created_at, first_seen_at,
      last_seen_at)
    VALUES (${projectId}, 'acme', '{"zendesk":"42","hubspot":"9001","stripe":"cus_1"}', now(),
      now(), now())`;
  await sql`
    INSERT INTO users (project_id, user_id, account_id, first_seen_at, last_seen_at)
    VALUES (${projectId}, 'ada', 'acme', now(), now())`;
  const created = await project.call("POST", "/v1/sources", {
    kind,
    name: kind,
    secret: SECRET,
    ...more,
  });
  expect(created.status).toBe(201);
  const { id, secret } = created.body;
  const send = async (body: string, headers: Record<string, string>) => {
    const response = await project.app.request(`/v1/in/${id}`, { method: "POST", body, headers });
    return { status: response.status, body: await response.json() };
  };
  return {
    ...project,
    time,
    id,
    secret,
    send,
    observations: () => sql`
      SELECT account_id, series, value FROM observations WHERE project_id = ${projectId}
      ORDER BY series, observed_at`,
    outcomes: () => sql`SELECT kind, value FROM outcomes WHERE project_id = ${projectId}`,
    responses: () => sql`
      SELECT measure, value, value_100, text FROM survey_responses WHERE project_id = ${projectId}`,
    heartbeat: async () => (await project.call("GET", "/v1/sources")).body.data[0],
  };
}

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
    const { send, observations, heartbeat } = await opened("zendesk");
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
    const { send, observations, heartbeat } = await opened("zendesk");
    const body = ticket("a");
    const old = new Date(NOW - 301_000).toISOString();
    expect((await send("{not json", {})).status).toBe(401);
    expect((await send(body, signed(`${body} `))).status).toBe(401);
    expect((await send(body, signed(body, old))).status).toBe(401);
    expect(await observations()).toEqual([]);
    expect(await heartbeat()).toMatchObject({ refusedCount: 3, heartbeat: "waiting" });
  });

  it("counts what is about an unknown account as unmatched", async () => {
    const { send } = await opened("zendesk");
    const body = ticket("a", "777");
    expect((await send(body, signed(body))).body).toMatchObject({ accepted: 0, unmatched: 1 });
  });
});

it("Intercom: takes a conversation's rating as a CSAT answer of the user's account", async () => {
  const { send, responses } = await opened("intercom");
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
  const { send, observations, id } = await opened("hubspot");
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

it("Stripe: takes revenue and cancellations", async () => {
  const { send, observations, outcomes } = await opened("stripe");
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
  expect((await observations()).map((row) => row.value)).toEqual([210, 0]);
  expect(await outcomes()).toEqual([{ kind: "churned", value: 0 }]);
});

describe("a generic source", () => {
  const mapping = {
    list: "answers",
    account: { by: "user", path: "who.id" },
    signals: [
      {
        kind: "response",
        measure: "nps",
        value: "score",
        userId: "who.id",
        text: "why",
        at: "when",
      },
    ],
  };

  it("reads Standard Webhooks by its mapping", async () => {
    const { send, secret, responses } = await opened("generic", { secret: undefined, mapping });
    const body = JSON.stringify({
      answers: [{ who: { id: "ada" }, score: 3, why: "Exports", when: "2026-10-30T10:00:00Z" }],
    });
    const headers = {
      "webhook-id": "m1",
      "webhook-timestamp": String(NOW / 1000),
      "webhook-signature": new Webhook(secret).sign("m1", new Date(NOW), body),
    };
    expect((await send(body, headers)).body).toMatchObject({ accepted: 1 });
    expect(await responses()).toEqual([
      { measure: "nps", value: 3, value_100: 30, text: "Exports" },
    ]);
  });

  it("imports a CSV of renewals and seats, row by row, twice without harm", async () => {
    const { call, app, secretKey, id, observations, outcomes } = await opened("generic", {
      mapping: {
        account: { by: "id", path: "Account" },
        signals: [
          { kind: "observation", series: "seats", value: "Seats", at: "Date" },
          {
            kind: "outcome",
            path: "Result",
            values: { won: "renewed", lost: "churned" },
            at: "Date",
          },
        ],
      },
    });
    const csv =
      '\uFEFFAccount,Seats,Result,Date\nacme,12,won,2026-09-01\n"beta, inc",x,lost,2026-09-02\n';
    for (let i = 0; i < 2; i++) {
      const response = await app.request(`/v1/sources/${id}/csv`, {
        method: "POST",
        body: csv,
        headers: { authorization: `Bearer ${secretKey}`, "content-type": "text/csv" },
      });
      expect(await response.json()).toMatchObject({ rows: 2, accepted: 3, rejected: [] });
    }
    expect(await observations()).toEqual([{ account_id: "acme", series: "seats", value: 12 }]);
    expect((await outcomes()).map((row) => row.kind).sort()).toEqual(["churned", "renewed"]);
    expect((await call("DELETE", `/v1/sources/${id}`)).status).toBe(204);
  });

  it("says once that it is late", async () => {
    const { heartbeat, time, projectId } = await opened("generic", {
      mapping,
      expectedEveryHours: 24,
    });
    const { sql } = test.database;
    const watch = () => watchSources(sql, projectId, new Date(time.now).toISOString());
    expect(await watch()).toBe(0);
    time.now += 24 * 3_600_000;
    expect([await watch(), await watch()]).toEqual([1, 0]);
    expect(await heartbeat()).toMatchObject({ heartbeat: "late" });
    const [message] = await sql`SELECT body FROM webhook_messages WHERE project_id = ${projectId}`;
    expect(JSON.parse(message?.body)).toMatchObject({
      type: "data.incident",
      data: { kind: "source_late" },
    });
  });
});
