import type { z } from "@hono/zod-openapi";
import type { Database } from "../db/client.ts";
import type { Project } from "../projects/queries.ts";
import { readSettings } from "../projects/settings.ts";
import { accountFreeAt } from "./account-budget.ts";
import { findAudience } from "./audience-queries.ts";
import { CLAIM_EXPIRES_MS, decidePrompt } from "./decide-prompt.ts";
import type { audienceSchema } from "./results-schema.ts";
import type { Survey } from "./survey-definition.ts";
import { readTagLimits } from "./tag-limits.ts";
import { readSegmenting } from "./targeted-segments.ts";

const MS_PER_DAY = 86_400_000;
const SEEN_WITHIN_DAYS = 30;
const PAGE = 2_000;
const MAX_EXAMINED = 20_000;

/**
 * Counts who would be shown a survey if its trigger fired now, by the very rules of a claim; a draft
 * counts as if it went live now. Visitors without a name are not counted, nor are the response cap and quotas.
 */
export async function countAudience(
  { database, clock }: { database: Database; clock: () => number },
  project: Project,
  found: Survey,
): Promise<z.output<typeof audienceSchema>> {
  const { sql } = database;
  const nowMs = clock();
  const survey: Survey =
    found.status === "live" ? found : { ...found, status: "live", liveAt: new Date(nowMs) };
  const segmentsIn = await readSegmenting(sql, project.id, survey);
  const limits = await readTagLimits(sql, project, survey);
  const budget = readSettings(project.settings).promptsPerAccountDay;
  const before = (ms: number) => new Date(nowMs - ms).toISOString();
  const refusals = new Map<string, number>();
  let examined = 0;
  let eligible = 0;
  for (let after = ""; examined < MAX_EXAMINED; ) {
    const page = await findAudience(sql, project.id, {
      seenSince: before(SEEN_WITHIN_DAYS * MS_PER_DAY),
      daySince: before(MS_PER_DAY),
      claimsSince: before(CLAIM_EXPIRES_MS),
      after,
      limit: PAGE,
    });
    for (const member of page) {
      const accountTraits = member.accountTraits ?? {};
      const refusal = decidePrompt({
        ...member,
        nowMs,
        survey,
        personId: member.userId,
        sessionId: "",
        isRequested: false,
        device: null,
        accountTraits,
        segments: segmentsIn(accountTraits),
        limits,
        accountFreeAtMs:
          member.accountId === "" ? null : accountFreeAt(budget, member.accountPromptsMs),
        capUsed: 0,
        quotaUsed: {},
      });
      if (refusal) refusals.set(refusal.reason, (refusals.get(refusal.reason) ?? 0) + 1);
      else eligible += 1;
    }
    examined += page.length;
    const last = page.at(-1);
    if (!last || page.length < PAGE) break;
    after = last.userId;
  }
  return { examined, eligible, refusals: Object.fromEntries(refusals) };
}
