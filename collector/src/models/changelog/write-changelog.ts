import { diffModels, type ModelDifference } from "@telltale/scoring";
import type { Sql } from "../../db/client.ts";
import type { Project } from "../../projects/queries.ts";
import { getCurrentModel } from "../../scores/current-model.ts";
import { readStoredModel } from "../../scores/read-stored-model.ts";
import type { ModelBacktest } from "../backtest-model.ts";
import { findReview, type ModelReview } from "../find-review.ts";
import { type ModelRow, readModels } from "../queries.ts";
import { listIdeas } from "./ideas.ts";
import type { ModelIdea } from "./schema.ts";

interface Changelog {
  project: string;
  madeAt: string;
  current: string;
  review: ModelReview;
  /** In any order. */
  models: readonly ModelRow[];
  ideas: readonly ModelIdea[];
}

/** How a project's score came about and what is to come, as Markdown: to print, to send, to audit. */
export async function writeChangelog(sql: Sql, project: Project, now: number): Promise<string> {
  return toMarkdown({
    project: project.name,
    madeAt: new Date(now).toISOString(),
    current: (await getCurrentModel(sql, project.id, now)).version,
    review: await findReview(sql, project.id, now),
    models: await readModels(sql, project.id),
    ideas: await listIdeas(sql, project.id),
  });
}

/**
 * @returns versions newest first, by their publication; each with what it changed against the one published before it, a
 *   draft with what it would change
 */
export function toMarkdown({ project, madeAt, current, review, models, ideas }: Changelog): string {
  const open = ideas.filter(({ status }) => status === "open");
  const versions = [...models].sort((a, b) => datedAt(b).getTime() - datedAt(a).getTime());
  const published = versions.filter(isPublished);
  const beforeOf = (model: ModelRow): ModelRow | undefined =>
    isPublished(model)
      ? published[published.indexOf(model) + 1]
      : published.find(({ version }) => version === current);
  const answered = ideas.filter(({ status }) => status !== "open");
  return `${[
    `# How ${inLine(project)} scores health`,
    `Written ${day(madeAt)}. In force: ${inLine(current)}. Next review: ${review.dueOn}${review.isDue ? ", due" : ""}. ${review.reasons.map(inLine).join(" ")}`,
    "## Versions",
    ...versions.map((model) => versionOf(model, { before: beforeOf(model), current })),
    "## Backlog",
    open.length === 0 ? "Nothing is open." : open.map(ideaOf).join("\n"),
    ...(answered.length > 0 ? ["### Answered", answered.map(ideaOf).join("\n")] : []),
  ].join("\n\n")}\n`;
}

const isPublished = ({ status }: ModelRow): boolean => status !== "draft";

const datedAt = ({ publishedAt, createdAt }: ModelRow): Date => publishedAt ?? createdAt;

function versionOf(
  model: ModelRow,
  { before, current }: { before: ModelRow | undefined; current: string },
): string {
  const status = model.version === current ? "in force" : model.status;
  const changes = before
    ? diffModels(readStoredModel(before.document), readStoredModel(model.document)).filter(
        isOfTheScore,
      )
    : [];
  return [
    `### ${inLine(model.version)} (${status})`,
    `${day(datedAt(model).toISOString())}, ${inLine(model.author)}: ${inLine(model.rationale)}`,
    ...(model.worseReason ? [`Published although worse: ${inLine(model.worseReason)}`] : []),
    ...(model.backtest ? [backtestOf(model.backtest as ModelBacktest)] : []),
    ...(before && changes.length > 0
      ? [`Against ${inLine(before.version)}:`, changes.map(changeOf).join("\n")]
      : []),
  ].join("\n\n");
}

/** Who made it and when stands above it already. */
const isOfTheScore = ({ path }: ModelDifference): boolean =>
  !/^\/(version|name|author|rationale|effectiveFrom|calibratedAt)$/.test(path);

function backtestOf({ against, horizonDays, status, worseBy }: ModelBacktest): string {
  const verdict =
    status !== "ok"
      ? "too few outcomes to compare"
      : worseBy.length > 0
        ? `worse by ${worseBy.join(", ")}`
        : "not worse";
  return `Backtest against ${inLine(against)}, ${horizonDays} days before the outcome: ${verdict}.`;
}

const changeOf = ({ path, before, after }: ModelDifference): string =>
  `- ${inLine(path)}: ${toValueText(before)} → ${toValueText(after)}`;

const toValueText = (value: unknown): string =>
  value === undefined ? "nothing" : inLine(JSON.stringify(value));

function ideaOf({ title, why, author, createdAt, status, ...said }: ModelIdea): string {
  const told = `- **${inLine(title)}** (${inLine(author)}, ${day(createdAt)}): ${inLine(why)}`;
  if (status === "open" || !said.answeredAt) return told;
  return `${told} *${status}, ${inLine(said.answeredBy ?? "")}, ${day(said.answeredAt)}:* ${inLine(said.answer ?? "")}`;
}

const day = (at: string): string => at.slice(0, 10);

/** What people wrote, on one line and as they wrote it: it is no Markdown and no HTML. */
const inLine = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_[\]<>#|&~]/g, "\\$&");
