import type { WebhookAccountData, WebhookMessage } from "@telltale/protocol";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { useTestDatabase } from "../../../test/database.ts";
import { APP_SECRET, openProject } from "../../../test/project.ts";
import { startReceiver } from "../../../test/receiver.ts";
import { createLogger } from "../../logger.ts";
import { createDeliveryLoop } from "../delivery-loop.ts";
import { publishMessage } from "../publish-message.ts";
import { sampleData } from "../sample-data.ts";
import { formatMessage } from "./format-message.ts";

const test = useTestDatabase();
const POLICY = { isPrivateAllowed: true, allowedHosts: [] };
const AT = "2026-11-01T00:00:00.000Z";
const text = (max: number) => z.string().min(1).max(max);

/** What each vendor documents of the request: method, path, headers, body. */
const VENDORS = [
  {
    format: "slack",
    path: "/services/T0/B0/secret",
    method: "POST",
    expectedPath: "/services/T0/B0/secret",
    header: {},
    body: z.strictObject({
      text: text(40_000),
      blocks: z
        .array(
          z.discriminatedUnion("type", [
            z.strictObject({
              type: z.literal("header"),
              text: z.strictObject({
                type: z.literal("plain_text"),
                text: text(150),
                emoji: z.boolean(),
              }),
            }),
            z.strictObject({
              type: z.literal("section"),
              text: z.strictObject({ type: z.literal("mrkdwn"), text: text(3_000) }),
            }),
          ]),
        )
        .max(50),
    }),
  },
  {
    format: "hubspot",
    path: "/",
    method: "PATCH",
    expectedPath: "/crm/v3/objects/companies/9001",
    header: { authorization: "Bearer tok-1" },
    body: z.strictObject({
      properties: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), z.string()),
    }),
  },
  {
    format: "salesforce",
    path: "/",
    method: "PATCH",
    expectedPath: "/services/data/v61.0/sobjects/Account/001000000000001AAA",
    header: { authorization: "Bearer tok-1" },
    body: z.record(
      z.string().regex(/^[A-Za-z][A-Za-z0-9_]*__c$/),
      z.union([z.string(), z.number(), z.null()]),
    ),
  },
  {
    format: "zendesk",
    path: "/",
    method: "PUT",
    expectedPath: "/api/v2/organizations/42.json",
    header: {
      authorization: `Basic ${Buffer.from("agent@a.example/token:tok-1").toString("base64")}`,
    },
    body: z.strictObject({
      organization: z.strictObject({
        organization_fields: z.record(
          z.string().regex(/^[a-z0-9_]+$/),
          z.union([z.string(), z.number(), z.null()]),
        ),
      }),
    }),
  },
  {
    format: "intercom",
    path: "/",
    method: "POST",
    expectedPath: "/companies",
    header: { authorization: "Bearer tok-1", "intercom-version": "2.11" },
    body: z.strictObject({
      company_id: z.literal("acme"),
      name: z.string(),
      custom_attributes: z.record(z.string(), z.union([text(255), z.number(), z.null()])),
    }),
  },
] as const;

function stateOf(type: WebhookMessage["type"], sequence: number): WebhookAccountData {
  const data = sampleData(type, AT) as WebhookAccountData;
  const externalIds = { hubspot: "9001", salesforce: "001000000000001AAA", zendesk: "42" };
  return { ...data, sequence, account: { ...data.account, externalIds } };
}

const messageOf = (type: WebhookMessage["type"]): string =>
  JSON.stringify({ type, timestamp: AT, data: stateOf(type, 1) });

describe("endpoint formats", () => {
  it.each(VENDORS)("sends $format what its API documents", async (vendor) => {
    const server = await startReceiver((response, request) => {
      const isRight =
        request.method === vendor.method &&
        request.path === vendor.expectedPath &&
        Object.entries(vendor.header).every(([name, value]) => request.headers[name] === value) &&
        vendor.body.safeParse(JSON.parse(request.body)).success;
      response.writeHead(isRight ? 200 : 422).end();
    });
    const project = await openProject(test.database, Date.now, POLICY);
    const created = await project.call("POST", "/v1/webhook-endpoints", {
      url: new URL(vendor.path, server.url).href,
      format: vendor.format,
      types: ["account.tier_changed", "alert.opened"],
      credentials: { token: "tok-1", email: "agent@a.example" },
    });
    expect(created.status).toBe(201);
    expect(JSON.stringify(created.body)).not.toContain("tok-1");
    for (const [type, sequence] of [
      ["account.tier_changed", 1],
      ["alert.opened", 2],
    ] as const) {
      await publishMessage(test.database.sql, {
        projectId: project.projectId,
        type,
        accountId: "acme",
        sequence,
        data: stateOf(type, sequence),
        at: AT,
      });
      await tick();
    }
    const { body } = await project.call(
      "GET",
      `/v1/webhook-endpoints/${created.body.id}/deliveries`,
    );
    const results = body.data.map((delivery: { status: string }) => delivery.status);
    expect(results).toEqual(["succeeded", "succeeded"]);
    await server.close();
  });

  it("fills a field map of one's own, nested by dots", () => {
    const endpoint = {
      url: "https://crm.example/in",
      credentials: null,
      fieldMap: { "company.health.score": "score", "company.tier": "tier", why: "topDriver" },
    } as const;
    const request = formatMessage("fields", endpoint, messageOf("account.score_changed"));
    expect(request).toMatchObject({ method: "POST", url: endpoint.url });
    expect(JSON.parse("body" in request ? request.body : "")).toEqual({
      company: { health: { score: 38 }, tier: "critical" },
      why: "Satisfaction −14: 3 low answers since Monday",
    });
  });

  it("escapes what customers wrote before Slack reads it", () => {
    const body = messageOf("account.tier_changed").replaceAll("3 low answers", "<!channel> & <b>");
    const endpoint = { url: "https://hooks.slack.example/x", credentials: null, fieldMap: null };
    const request = formatMessage("slack", endpoint, body);
    const section = JSON.parse("body" in request ? request.body : "").blocks[1].text.text;
    expect(section).toContain("&lt;!channel&gt; &amp; &lt;b&gt;");
  });

  it("tells Slack what somebody wrote in a survey", () => {
    const type = "survey.answered";
    const body = JSON.stringify({ type, timestamp: AT, data: sampleData(type, AT) });
    const endpoint = { url: "https://hooks.slack.example/x", credentials: null, fieldMap: null };
    const request = formatMessage("slack", endpoint, body);
    const { text } = JSON.parse("body" in request ? request.body : "");
    expect(text).toBe("Telltale survey.answered · Acme Inc.: Exports fail");
  });

  it("cuts what is too long for Slack between characters", () => {
    const endpoint = { url: "https://hooks.slack.example/x", credentials: null, fieldMap: null };
    const message = JSON.parse(messageOf("account.tier_changed"));
    for (const before of [148, 149, 150]) {
      message.data.account.name = `${"x".repeat(before)}${"👋".repeat(9)}`;
      const request = formatMessage("slack", endpoint, JSON.stringify(message));
      const title = JSON.parse("body" in request ? request.body : "").blocks[0].text.text;
      expect([title.isWellFormed(), title.length <= 150]).toEqual([true, true]);
    }
  });

  it("updates a Salesforce account by an external id without ever creating one, within its limits", () => {
    const data = stateOf("alert.opened", 1);
    const long = { ...data.alert, summary: `${"a".repeat(253)}👋${"b".repeat(200)}` };
    const account = { ...data.account, externalIds: { salesforce: "Telltale_Id__c/acme 1" } };
    const body = JSON.stringify({
      type: "alert.opened",
      timestamp: AT,
      data: { ...data, account, alert: long },
    });
    const endpoint = { url: "https://acme.my.salesforce.com", credentials: null, fieldMap: null };
    const request = formatMessage("salesforce", endpoint, body);
    expect(request).toMatchObject({
      method: "PATCH",
      url: "https://acme.my.salesforce.com/services/data/v61.0/sobjects/Account/Telltale_Id__c/acme%201?updateOnly=true",
    });
    const fields = JSON.parse("body" in request ? request.body : "");
    expect(fields.Telltale_Alert__c).toBe(`${"a".repeat(253)}…`);
    expect(fields).not.toHaveProperty("Telltale_Id__c");
  });

  it("gives up at once on an account that the other system doesn't know", () => {
    const endpoint = { url: "https://api.hubapi.com", credentials: { token: "t" }, fieldMap: null };
    const body = JSON.stringify({
      type: "account.tier_changed",
      timestamp: AT,
      data: sampleData("account.tier_changed", AT),
    });
    expect(formatMessage("hubspot", endpoint, body)).toEqual({ reason: "no_external_id" });
    for (const type of ["ping", "milestone.reached", "survey.answered"] as const) {
      const stateless = JSON.stringify({ type, timestamp: AT, data: sampleData(type, AT) });
      expect(formatMessage("hubspot", endpoint, stateless)).toEqual({ reason: "nothing_to_send" });
    }
  });
});

async function tick(): Promise<void> {
  const loop = createDeliveryLoop({
    database: test.database,
    clock: Date.now,
    appSecret: APP_SECRET,
    logger: createLogger("silent"),
    ...POLICY,
  });
  await loop.tick();
  await loop.stop();
}
