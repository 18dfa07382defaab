import { RESERVED_EVENTS } from "@telltale/protocol";
import type { SqlQueryable } from "../db/client.ts";
import { recordSurveyEvent } from "../surveys/record-survey-event.ts";
import { publishMilestone } from "../webhooks/publish-milestone.ts";
import { SURVEY_EVENTS } from "./has-facts.ts";
import type { NewEvent } from "./new-event.ts";
import { updateAccountProfiles } from "./profile-queries.ts";
import { insertMilestone } from "./queries.ts";
import { recordTraits, type SaidTraits } from "./record-traits.ts";
import { settleIdentities } from "./settle-identities.ts";
import { toAccountProfiles } from "./to-account-profiles.ts";

/**
 * Writes what stored events say beyond their rows, in the transaction that stored them: a few
 * statements for all of them, since a nightly import names every user.
 *
 * @param events - of one project, in the order of arrival
 * @param now - ISO 8601
 */
export async function applyFacts(
  sql: SqlQueryable,
  { projectId, now }: { projectId: string; now: string },
  events: readonly NewEvent[],
): Promise<void> {
  const ofUsers = events.filter(({ type, userId }) => type === "identify" && userId !== "");
  const ofAccounts = events.filter(({ type }) => type === "group");
  await updateAccountProfiles(sql, projectId, toAccountProfiles(ofAccounts));
  const saidOfAccounts = ofAccounts.map((event) => toSaidTraits(event, event.accountId));
  await recordTraits(sql, { projectId, owner: "account" }, saidOfAccounts);
  const saidOfUsers = ofUsers.map((event) => toSaidTraits(event, event.userId));
  await recordTraits(sql, { projectId, owner: "user" }, saidOfUsers);
  await settleIdentities(sql, { projectId, now }, events);
  const surveyRepeats = new Set<string>();
  for (const event of events) {
    if (event.event === RESERVED_EVENTS.milestoneReached) await reachMilestone(sql, event);
    if (SURVEY_EVENTS.has(event.event)) await recordSurveyEvent(sql, event, surveyRepeats);
  }
}

function toSaidTraits(event: NewEvent, ownerId: string): SaidTraits {
  const { properties, propertiesJson, occurredAt } = event;
  return { ownerId, traits: properties, json: propertiesJson, at: occurredAt };
}

async function reachMilestone(sql: SqlQueryable, event: NewEvent): Promise<void> {
  const milestone = event.properties.milestone;
  if (typeof milestone !== "string" || milestone === "" || event.accountId === "") return;
  const reached = {
    projectId: event.projectId,
    accountId: event.accountId,
    milestone: milestone.slice(0, 200),
    userId: event.userId,
    reachedAt: event.occurredAt,
  };
  if (!(await insertMilestone(sql, reached))) return;
  await publishMilestone(sql, { ...reached, receivedAt: event.receivedAt });
}
