import type { WebhookAccountData, WebhookData, WebhookType } from "@telltale/protocol";

const DAY_MS = 86_400_000;
const LINK = "https://telltale.example/accounts/acme";
const STATE = {
  account: {
    id: "acme",
    name: "Acme Inc.",
    externalIds: { salesforce: "001000000000001AAA" },
  },
  score: 38,
  tier: "critical",
  sequence: 0,
} satisfies Partial<WebhookAccountData>;
const ANSWER = { value: null, value100: null, choices: [], text: null };

/** Believable data of a message type, about an account that does not exist. */
export function sampleData(type: WebhookType, at: string): WebhookData {
  switch (type) {
    case "ping":
      return { schemaVersion: 1, message: "Telltale can reach this endpoint." };
    case "survey.answered":
      return {
        schemaVersion: 1,
        ...STATE,
        survey: { id: "018f0000-0000-7000-8000-000000000001", key: "after-task" },
        impressionId: "018f0000-0000-7000-8000-000000000003",
        userId: "u1",
        answers: [
          { ...ANSWER, questionId: "rating", measure: "csat", value: 2, value100: 25 },
          { ...ANSWER, questionId: "why", measure: "comment", text: "Exports fail" },
        ],
        answeredAt: at,
      };
    case "milestone.reached":
      return {
        schemaVersion: 1,
        ...STATE,
        milestone: "first_report",
        userId: "u1",
        reachedAt: at,
      };
    case "data.incident":
      return { schemaVersion: 1, kind: "source_silent", reason: "No usage events for 6 hours" };
    default:
      return sampleState(type, at);
  }
}

function sampleState(type: WebhookType, at: string): WebhookAccountData {
  const status = type === "alert.resolved" ? "resolved" : "open";
  const dueAt = new Date(Date.parse(at) + DAY_MS).toISOString();
  return {
    schemaVersion: 1,
    ...STATE,
    previousScore: 64,
    previousTier: "at_risk",
    confidence: 0.82,
    coverage: 1,
    drivers: [
      {
        key: "satisfaction",
        kind: "component",
        label: "Satisfaction",
        contribution: -14.2,
        sentence: "Satisfaction −14: 3 low answers since Monday",
      },
    ],
    modelVersion: "sample",
    link: LINK,
    ...(type.startsWith("alert.") && {
      alert: {
        id: "018f0000-0000-7000-8000-000000000002",
        rule: "tier",
        level: "intervene",
        status,
        openedAt: at,
        summary: "Acme Inc.: at risk → critical (38). Satisfaction −14: 3 low answers since Monday",
      },
      playbook: {
        key: "satisfaction_decline",
        name: "Satisfaction decline",
        ownerRole: "cs_lead",
        dueAt,
        steps: ["Read the latest answers", "Call the person who gave the lowest"],
        message: "Acme Inc. went from at risk to critical (38 of 100).",
      },
    }),
  };
}
