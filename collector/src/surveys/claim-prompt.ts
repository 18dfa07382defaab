import type { PromptClaimResponse } from "@telltale/protocol";
import { v7 } from "uuid";
import type { Sql, SqlQueryable } from "../db/client.ts";
import { spendContact } from "../playbooks/contact-budget.ts";
import type { Project } from "../projects/queries.ts";
import { readSettings } from "../projects/settings.ts";
import { accountFreeAt } from "./account-budget.ts";
import {
  findPromptRecord,
  insertImpression,
  lockNames,
  type PromptRecord,
  type PromptWish,
} from "./claim-queries.ts";
import {
  CAP_HELD_MS,
  CLAIM_EXPIRES_MS,
  decidePrompt,
  isWish,
  quotaSegmentsOf,
  type Refusal,
} from "./decide-prompt.ts";
import type { Device } from "./device.ts";
import { type MessageCatalogues, toSurveyContent } from "./survey-content.ts";
import { isNpsSurvey, type Survey } from "./survey-definition.ts";
import { readTagLimits } from "./tag-limits.ts";
import { readSegmenting } from "./targeted-segments.ts";
import { tellLastAsked } from "./tell-last-asked.ts";

const MS_PER_DAY = 86_400_000;

/** A request for a prompt, checked. */
export interface PromptClaim extends Omit<PromptWish, "projectId"> {
  /** BCP 47 tags in order of preference. */
  locales: string[];
  /** The person clicked a feedback button. */
  isRequested: boolean;
  /** Null: not known. */
  device: Device | null;
}

interface ClaimDeps {
  sql: Sql;
  clock: () => number;
}

/**
 * Decides whether a survey may be shown to a person now, and if so, takes note in the same
 * transaction. Claims of one person, on any device and in any tab, wait for each other, so does
 * whatever shares an account's budget or a survey's cap: exactly one of them is granted. A prompt also
 * takes from the contact budget that the account's outreach shares.
 *
 * Most claims are refused, so a first look goes without a lock; only a grant needs it.
 */
export async function claimPrompt(
  { sql, clock }: ClaimDeps,
  project: Project,
  claim: PromptClaim,
): Promise<PromptClaimResponse> {
  const wish: PromptWish = { ...claim, projectId: project.id };
  const nowMs = clock();
  const first = await look(sql, { project, claim, wish, nowMs });
  if (first.refusal) return toRefusal(first.refusal);
  return sql.begin(async (tx) => {
    await lockNames(tx, project.id, namesToLock(first.record, wish));
    const { record, segments, refusal } = await look(tx, { project, claim, wish, nowMs });
    if (refusal) return toRefusal(refusal);
    const { survey, accountId } = record;
    const isRequested = isWish(survey, claim.isRequested);
    if (accountId !== "" && !isRequested) {
      const contact = {
        projectId: project.id,
        accountId,
        userId: record.userId,
        at: toTime(nowMs),
      };
      const hasRoom = await spendContact(tx, { ...contact, channel: "prompt" });
      if (!hasRoom) return toRefusal({ reason: "account_budget" });
    }
    const catalogues = readSettings(project.settings).surveyMessages as MessageCatalogues;
    const content = tellLastAsked(toSurveyContent(survey, claim.locales, catalogues), record.past);
    const impressionId = v7();
    await insertImpression(tx, {
      projectId: project.id,
      id: impressionId,
      surveyId: survey.id,
      accountId,
      userId: record.userId || `anon:${claim.anonymousId}`,
      anonymousId: claim.anonymousId,
      sessionId: claim.sessionId,
      isRequested,
      isNps: isNpsSurvey(survey.definition),
      locale: content.locale,
      version: survey.version,
      quotaSegments: quotaSegmentsOf(survey, segments),
      claimedAt: toTime(nowMs),
    });
    return { granted: true, impressionId, survey: content } as const;
  });
}

const toTime = (ms: number): string => new Date(ms).toISOString();

const isLimited = ({ definition: { responseCap, quotas } }: Survey): boolean =>
  responseCap !== null || quotas !== undefined;

function namesToLock(record: PromptRecord, wish: PromptWish): string[] {
  const names = [
    wish.anonymousId && `person anon:${wish.anonymousId}`,
    record.userId && `person ${record.userId}`,
    record.accountId && `account ${record.accountId}`,
    isLimited(record.survey) && `survey ${record.survey.id}`,
  ];
  return names.filter((name) => typeof name === "string" && name !== "").sort() as string[];
}

type Look =
  | { record: PromptRecord; segments: string[]; refusal: null }
  | { record?: never; segments?: never; refusal: Refusal };

async function look(
  sql: SqlQueryable,
  at: { project: Project; claim: PromptClaim; wish: PromptWish; nowMs: number },
): Promise<Look> {
  const { project, claim, wish, nowMs } = at;
  const before = (ms: number) => toTime(nowMs - ms);
  const record = await findPromptRecord(sql, wish, {
    claimsSince: before(CLAIM_EXPIRES_MS),
    shownSince: before(CAP_HELD_MS),
    daySince: before(MS_PER_DAY),
  });
  if (!record) return { refusal: { reason: "unknown_survey" } };
  if (record.isErased) return { refusal: { reason: "opted_out" } };
  const segmentsIn = await readSegmenting(sql, project.id, record.survey);
  const segments = segmentsIn(record.accountTraits);
  const refusal = decidePrompt({
    ...record,
    nowMs,
    personId: record.userId || `anon:${claim.anonymousId}`,
    sessionId: claim.sessionId,
    isRequested: claim.isRequested,
    device: claim.device,
    segments,
    limits: await readTagLimits(sql, project, record.survey),
    accountFreeAtMs:
      record.accountId === ""
        ? null
        : accountFreeAt(
            readSettings(project.settings).promptsPerAccountDay,
            record.accountPromptsMs,
          ),
  });
  return refusal ? { refusal } : { record, segments, refusal: null };
}

function toRefusal({ reason, retryAtMs }: Refusal): PromptClaimResponse {
  return {
    granted: false,
    reason,
    ...(retryAtMs !== undefined &&
      Number.isFinite(retryAtMs) && { retryAt: new Date(retryAtMs).toISOString() }),
  };
}
