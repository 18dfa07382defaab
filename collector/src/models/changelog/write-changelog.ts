import { diffModels, type ModelDifference } from "@telltale/scoring";
import type { Sql } from "../../db/client.ts";
import type { Project } from "../../projects/queries.ts";
import { getCurrentModel } from "../../scores/current-model.ts";
import type { ModelBacktest } from "../backtest-model.ts";
import { findReview, type ModelReview } from "../find-review.ts";
import { type ModelRow, readModels } from "../queries.ts";
import { checkModel } from "../save-draft.ts";
import { readIdeas } from "./queries.ts";
import type { ModelIdea } from "./schema.ts";

interface Changelog {
  project: string;
  madeAt: string;
  current: string;
  review: ModelReview;
  /** Newest first. */
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
    ideas: await readIdeas(sql, project.id),
  });
}

/** @returns versions newest first, each with what it changed against the published one before it */
export function toMarkdown({ project, madeAt, current, review, models, ideas }: Changelog): string {
  const open = ideas.filter(({ status }) => status === "open");
  const answered = ideas.filter(({ status }) => status !== "open");
  return `${[
    `# How ${inLine(project)} scores health`,
    `Written ${day(madeAt)}. In force: ${inLine(current)}. Next review: ${review.dueOn}${review.isDue ? ", due" : ""}. ${review.reasons.map(inLine).join(" ")}`,
    "## Versions",
    ...models.map((model, place) => versionOf(model, models.slice(place + 1), current)),
    "## Backlog",
    open.length === 0 ? "Nothing is open." : open.map(ideaOf).join("\n"),
    ...(answered.length > 0 ? ["### Answered", answered.map(ideaOf).join("\n")] : []),
  ].join("\n\n")}\n`;
}

function versionOf(model: ModelRow, earlier: readonly ModelRow[], current: string): string {
  const isCurrent = model.version === current;
  const status = isCurrent ? "in force" : model.status;
  const at = model.publishedAt ?? model.createdAt;
  const before = earlier.find(({ status: then }) => then !== "draft");
  const changes = before
    ? diffModels(checkModel(before.document), checkModel(model.document)).filter(isOfTheScore)
    : [];
  return [
    `### ${inLine(model.version)} (${status})`,
    `${day(at.toISOString())}, ${inLine(model.author)}: ${inLine(model.rationale)}`,
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
    .replace(/[\\`*_[\]<>#|]/g, "\\$&");
