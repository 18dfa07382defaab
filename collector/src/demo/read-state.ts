import type { AccountHealth, WebhookAccountData, WebhookMessage } from "@telltale/protocol";
import type { Sql } from "../db/client.ts";
import { DEMO_ACCOUNT } from "./demo-account.ts";
import type { DemoEvent, DemoState, DemoWebhook } from "./demo-state.ts";
import {
  findDemoHealth,
  findRecentDeliveries,
  findRecentEvents,
  type RecentDelivery,
  type RecentEvent,
} from "./queries.ts";

const MAX_EVENTS = 50;
const MAX_WEBHOOKS = 8;
const HOUR_MS = 3_600_000;

interface ReadStateDeps {
  sql: Sql;
  clock: () => number;
  projectId: string;
  /** Null until the receiver is registered. */
  endpointId: string | null;
  /** Ids of the messages that the receiver found well signed. */
  findVerified(): Promise<ReadonlySet<string>>;
  filledShare(): number;
}

/** What the panel shows: the demo account only, the last hour only. */
export async function readState(deps: ReadStateDeps): Promise<DemoState> {
  const { sql, projectId, endpointId } = deps;
  const accountId = DEMO_ACCOUNT.id;
  const since = new Date(deps.clock() - HOUR_MS).toISOString();
  const [health, events, deliveries, verified] = await Promise.all([
    findDemoHealth(sql, projectId, accountId),
    findRecentEvents(sql, projectId, { accountId, since, limit: MAX_EVENTS }),
    endpointId
      ? findRecentDeliveries(sql, projectId, { accountId, endpointId, since, limit: MAX_WEBHOOKS })
      : [],
    deps.findVerified(),
  ]);
  return {
    account: DEMO_ACCOUNT,
    health: health as AccountHealth | null,
    events: events.map(toDemoEvent),
    webhooks: deliveries.map((delivery) => toDemoWebhook(delivery, verified)),
    filledShare: deps.filledShare(),
  };
}

const TYPE_NAMES: ReadonlyMap<string, string> = new Map([
  ["$page", "Page viewed"],
  ["$identify", "User identified"],
  ["$group", "Account identified"],
]);

function toDemoEvent(row: RecentEvent): DemoEvent {
  return {
    id: row.id,
    name: TYPE_NAMES.get(row.event) ?? row.event,
    detail: detailOf(row).slice(0, 120),
    at: row.receivedAt.toISOString(),
  };
}

function detailOf({ event, subject, properties, context }: RecentEvent): string {
  if (subject !== "") return subject;
  if (event === "$page") {
    const page = context.page as { path?: unknown } | undefined;
    return String(page?.path ?? properties.path ?? "");
  }
  if (event === "$identify" || event === "$group") return String(properties.name ?? "");
  if (event === "Survey Answered") {
    const { value, text } = properties;
    if (typeof value === "number") return `${value} of 5`;
    return typeof text === "string" && text !== "" ? `“${text}”` : "";
  }
  return "";
}

function toDemoWebhook(delivery: RecentDelivery, verified: ReadonlySet<string>): DemoWebhook {
  const { messageId, status, attempts, responseStatus } = delivery;
  return {
    id: messageId,
    type: delivery.type,
    summary: summaryOf(JSON.parse(delivery.body) as WebhookMessage),
    status,
    attempts,
    responseStatus,
    signature: verified.has(messageId) ? "verified" : responseStatus === 401 ? "invalid" : null,
    at: delivery.createdAt.toISOString(),
  };
}

const TIER_NAMES = {
  healthy: "healthy",
  at_risk: "at risk",
  critical: "critical",
  unknown: "none",
};

function summaryOf({ type, data }: WebhookMessage): string {
  const { score, previousScore, tier, previousTier, alert } = data as WebhookAccountData;
  if (type === "account.score_changed") {
    return `Score ${toPoints(previousScore)} → ${toPoints(score)}`;
  }
  if (type === "account.tier_changed") {
    return `Tier ${TIER_NAMES[previousTier]} → ${TIER_NAMES[tier]}`;
  }
  if (alert) return alert.summary;
  return type === "survey.answered" ? "A user answered a survey" : "";
}

const toPoints = (score: number | null): string => (score === null ? "–" : score.toFixed(1));
