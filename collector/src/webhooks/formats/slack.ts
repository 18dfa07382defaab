import type { WebhookAccountData, WebhookMessage } from "@telltale/protocol";
import { type Format, toJsonRequest } from "./format.ts";
import { isAboutState } from "./message-values.ts";

const MAX_HEADER = 150;
const MAX_SECTION = 3_000;
const NAMED_DRIVERS = 3;
const TIERS = {
  healthy: "🟢 healthy",
  at_risk: "🟡 at risk",
  critical: "🔴 critical",
  unknown: "⚪ unknown",
};

/**
 * A message for a Slack incoming webhook: a line for notifications, and blocks with the drivers and
 * what to do. The URL itself is the secret there.
 *
 * @see https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/
 * @see https://docs.slack.dev/reference/block-kit/blocks/header-block
 */
export const toSlack: Format = ({ message, url }) => {
  if (!isAboutState(message)) {
    return toJsonRequest("POST", url, { body: { text: escapeText(plainSentence(message)) } });
  }
  const title = titleOf(message);
  const body = {
    text: escapeText(title),
    blocks: [
      {
        type: "header",
        text: { type: "plain_text", text: cut(title, MAX_HEADER), emoji: true },
      },
      ...sectionsOf(message).map((text) => ({
        type: "section",
        text: { type: "mrkdwn", text: cut(text, MAX_SECTION) },
      })),
    ],
  };
  return toJsonRequest("POST", url, { body });
};

function titleOf({ type, data }: WebhookMessage<WebhookAccountData>): string {
  const name = data.account.name ?? data.account.id;
  const state = `${TIERS[data.tier]}${data.score === null ? "" : ` (${Math.round(data.score)})`}`;
  if (type === "alert.resolved") return `Resolved: ${name} is ${state}`;
  if (type === "alert.escalated") return `Escalated: ${name} is ${state}`;
  if (type === "alert.opened") return `Alert: ${name} is ${state}`;
  return `${name}: ${TIERS[data.previousTier]} → ${state}`;
}

function sectionsOf({ data }: WebhookMessage<WebhookAccountData>): string[] {
  const drivers = [...data.drivers]
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .slice(0, NAMED_DRIVERS)
    .map((driver) => `• ${escapeText(driver.sentence)}`);
  const { playbook } = data;
  const todo = playbook
    ? [
        `*${escapeText(playbook.name)}* for ${escapeText(playbook.ownerRole)}, due ${playbook.dueAt}`,
        ...playbook.steps.map((step, at) => `${at + 1}. ${escapeText(step)}`),
      ]
    : [];
  return [drivers.join("\n"), todo.join("\n"), `<${data.link}|Open the account>`].filter(
    (text) => text !== "",
  );
}

function plainSentence({ type, data }: WebhookMessage): string {
  const rest = data as {
    account?: { id: string; name: string | null };
    answers?: { text: string | null }[];
    [key: string]: unknown;
  };
  const about = rest.account ? ` · ${rest.account.name ?? rest.account.id}` : "";
  const comment = rest.answers?.map(({ text }) => text).find((text) => text !== null);
  const what = rest.summary ?? rest.message ?? rest.milestone ?? rest.reason ?? comment;
  return `Telltale ${type}${about}${typeof what === "string" ? `: ${what}` : ""}`;
}

/** Slack reads three characters as markup; everything a customer wrote goes through here. */
function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function cut(text: string, length: number): string {
  return text.length > length
    ? `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`
    : text;
}
