import { simulateBook } from "@telltale/scoring";

const DAY_MS = 86_400_000;

/** A history as your own systems could export it: an account with its events and its outcome. */
export function* readHistory({ accounts, days }) {
  const lastDay = Math.floor(Date.now() / DAY_MS) - 1;
  for (const simulated of simulateBook({ accounts, days, lastDay, seed: "calibration example" })) {
    const { name, contractValue, facts, outcome } = simulated;
    const { accountId } = facts;
    yield {
      accountId,
      messages: [
        {
          type: "group",
          messageId: `${accountId}/group`,
          userId: `${accountId}/user-1`,
          groupId: accountId,
          timestamp: new Date(facts.createdAt).toISOString(),
          traits: {
            name,
            plan: facts.segments[0],
            seats: facts.seats,
            arr: contractValue,
            created_at: new Date(facts.createdAt).toISOString(),
          },
        },
        ...facts.usage.flatMap((row) => toMessages(accountId, row)),
      ],
      outcome: outcome && {
        accountId,
        kind: outcome.kind,
        occurredOn: new Date(outcome.at).toISOString().slice(0, 10),
        value: contractValue,
      },
    };
  }
}

function toMessages(accountId, { userId, day, feature, event, count }) {
  return Array.from({ length: count }, (_, index) => ({
    type: "track",
    messageId: `${accountId}/${userId}/${day}/${feature ?? event}/${index}`,
    userId: `${accountId}/${userId}`,
    event: feature ? "Feature Used" : event,
    properties: feature ? { feature } : {},
    context: { groupId: accountId },
    timestamp: new Date(day * DAY_MS + (9 + (index % 8)) * 3_600_000).toISOString(),
  }));
}
