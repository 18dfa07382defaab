import { RESERVED_EVENTS } from "@telltale/protocol";
import type { SqlQueryable } from "../db/client.ts";
import { recordSurveyEvent } from "../surveys/record-survey-event.ts";
import { publishMilestone } from "../webhooks/publish-milestone.ts";
import { SURVEY_EVENTS } from "./has-facts.ts";
import type { NewEvent } from "./new-event.ts";
import { parseInstant } from "./parse-instant.ts";
import {
  type AccountProfile,
  findFirstAccount,
  insertAlias,
  insertMilestone,
  moveUsage,
  queueRescore,
  setAccountOfUser,
  updateAccountProfile,
} from "./queries.ts";
import { recordTraits, type SaidTraits } from "./record-traits.ts";

/** The transaction that stores events. */
export interface FactScope {
  sql: SqlQueryable;
  /** ISO 8601. */
  now: string;
  /** See {@link recordSurveyEvent}. */
  surveyRepeats: Set<string>;
}

/** Writes what a stored event says beyond its row, in the transaction that stored it. */
export async function applyFacts(scope: FactScope, event: NewEvent): Promise<void> {
  const { sql, now } = scope;
  const { userId, accountId } = event;
  switch (event.type) {
    case "identify":
      if (userId === "") return;
      await recordTraits(sql, toSaidTraits(event, "user", userId));
      if (accountId !== "") await joinAccount(sql, event, now);
      if (event.anonymousId !== "") await aliasUser(sql, event, event.anonymousId, now);
      return;
    case "group":
      await updateAccountProfile(sql, toAccountProfile(event));
      await recordTraits(sql, toSaidTraits(event, "account", accountId));
      if (userId !== "") await joinAccount(sql, event, now);
      return;
    case "alias":
      return aliasUser(sql, event, event.previousId, now);
    default:
      if (event.event === RESERVED_EVENTS.milestoneReached) return reachMilestone(sql, event);
      if (SURVEY_EVENTS.has(event.event)) await recordSurveyEvent(sql, event, scope.surveyRepeats);
  }
}

async function joinAccount(sql: SqlQueryable, event: NewEvent, now: string): Promise<void> {
  const { projectId, userId, accountId } = event;
  const isFirst = await setAccountOfUser(sql, {
    projectId,
    userId,
    accountId,
    at: event.occurredAt,
  });
  if (!isFirst) return;
  const moved = await moveUsage(sql, {
    projectId,
    fromUser: userId,
    toUser: userId,
    unattributedTo: accountId,
  });
  await queueRescore(sql, projectId, moved, now);
}

async function aliasUser(
  sql: SqlQueryable,
  event: NewEvent,
  anonymousId: string,
  now: string,
): Promise<void> {
  const { projectId, userId } = event;
  if (!(await insertAlias(sql, { projectId, anonymousId, userId, now }))) return;
  const moved = await moveUsage(sql, {
    projectId,
    fromUser: `anon:${anonymousId}`,
    toUser: userId,
    unattributedTo: await findFirstAccount(sql, projectId, userId),
  });
  await queueRescore(sql, projectId, moved, now);
}

function toSaidTraits(event: NewEvent, owner: SaidTraits["owner"], ownerId: string): SaidTraits {
  const { projectId, propertiesJson, occurredAt } = event;
  return { projectId, owner, ownerId, traits: propertiesJson, at: occurredAt };
}

/** Traits with a meaning of their own. */
function toAccountProfile(event: NewEvent): AccountProfile {
  const traits = event.properties;
  const created = traits.createdAt ?? traits.created_at;
  const createdMs = typeof created === "string" ? parseInstant(created) : null;
  const external = traits.externalIds ?? traits.external_ids;
  const isObject = typeof external === "object" && external !== null && !Array.isArray(external);
  return {
    projectId: event.projectId,
    accountId: event.accountId,
    name: typeof traits.name === "string" ? traits.name : null,
    externalIds: JSON.stringify(isObject ? external : {}),
    createdAt: createdMs === null ? null : new Date(createdMs).toISOString(),
    at: event.occurredAt,
  };
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
