import type { Sql } from "../db/client.ts";
import { Problem } from "../problem.ts";
import type { Project } from "../projects/queries.ts";
import { refreshNorms } from "../scores/refresh-norms.ts";
import { queueAllAccounts } from "../scores/rescore-queue.ts";
import type { ModelBacktest } from "./backtest-model.ts";
import { publishDraft } from "./queries.ts";
import { getModelRow } from "./read-models.ts";

interface Publication {
  version: string;
  author: string;
  rationale: string;
  effectiveAt: string | undefined;
  worseReason: string | undefined;
  now: number;
}

/**
 * Puts a draft in force. It must have been backtested; one that the backtest calls worse needs a
 * typed reason. From then on it never changes.
 *
 * @throws {Problem} not-found; conflict when it is no draft, was not backtested, or is worse
 */
export async function publishModel(
  sql: Sql,
  project: Project,
  publication: Publication,
): Promise<void> {
  const { version, author, rationale, now } = publication;
  const row = await getModelRow(sql, project.id, version);
  if (row.status !== "draft") {
    throw new Problem("conflict", `Model ${version} is already ${row.status}.`);
  }
  const tested = row.backtest as ModelBacktest | null;
  if (!tested) {
    throw new Problem("conflict", `Backtest the draft first: POST /v1/models/${version}/backtest.`);
  }
  if (tested.isWorse && !publication.worseReason) {
    const by = tested.worseBy.join(", ");
    throw new Problem(
      "conflict",
      `The backtest says it is worse by ${by}; say why in worseReason.`,
      {
        errors: [{ pointer: "/worseReason", detail: "is needed for a model that did worse" }],
      },
    );
  }
  const effectiveMs = publication.effectiveAt ? Date.parse(publication.effectiveAt) : now;
  if (effectiveMs < now - 60_000) {
    throw new Problem("invalid-request", "A model can't take effect in the past.", {
      errors: [{ pointer: "/effectiveAt", detail: "must not be in the past" }],
    });
  }
  const isPublished = await publishDraft(sql, {
    projectId: project.id,
    version,
    author,
    rationale,
    worseReason: publication.worseReason ?? null,
    at: new Date(now).toISOString(),
    effectiveAt: new Date(effectiveMs).toISOString(),
  });
  if (!isPublished) throw new Problem("conflict", `Model ${version} was published meanwhile.`);
  if (effectiveMs <= now) {
    await refreshNorms(sql, project, now);
    await queueAllAccounts(sql, project.id, new Date(now).toISOString());
  }
}
