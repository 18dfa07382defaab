import type { z } from "@hono/zod-openapi";
import type { SurveyStep } from "@telltale/protocol";
import type { Database } from "../db/client.ts";
import { Problem } from "../problem.ts";
import type { Project } from "../projects/queries.ts";
import { getSurvey } from "./change-surveys.ts";
import { estimateShare } from "./intervals.ts";
import { type QuestionScore, scoreQuestion } from "./question-score.ts";
import { readResults, sumPrompts } from "./read-results.ts";
import type { resultsSchema } from "./results-schema.ts";

type Results = z.output<typeof resultsSchema>;
type Question = Results["questions"][number];

/** Most surveys that are looked at together. */
const MOST_COMBINED = 12;

/** A measure over several surveys. */
export interface CombinedMeasure {
  name: QuestionScore["name"];
  /** Marks that its questions have; only questions of one scale are put together. */
  marks: number;
  score: QuestionScore;
  /** By survey, so that an odd one stands out. */
  parts: { surveyId: string; name: string; prompt: string; score: QuestionScore }[];
  /** Weighed by answers. */
  weeks: { week: string; answers: number; value: number }[];
}

/** What several surveys found out together. */
export interface CombinedResults {
  surveys: { id: string; name: string; prompts: Results["prompts"] }[];
  from: string;
  to: string;
  prompts: Results["prompts"];
  responseRate: Results["responseRate"];
  measures: CombinedMeasure[];
}

/**
 * Reads several surveys as one: an NPS asked in two places is one NPS. Questions go together where
 * they measure the same on the same scale; a measure of one's own goes with no other.
 *
 * @throws {Problem} not-found, or invalid-request: too many surveys
 */
export async function combineResults(
  deps: { database: Database; clock: () => number },
  wish: { project: Project; surveyIds: string[]; from?: string; to?: string },
): Promise<CombinedResults> {
  const { project, from, to } = wish;
  const ids = [...new Set(wish.surveyIds)];
  if (ids.length > MOST_COMBINED) {
    const most = `${ids.length} surveys were chosen, at most ${MOST_COMBINED} are put together.`;
    throw new Problem("invalid-request", `${most} Choose fewer of them.`);
  }
  const all = await Promise.all(
    ids.map(async (surveyId) => ({
      survey: await getSurvey(deps.database.db, project.id, surveyId),
      results: await readResults(deps, { project, surveyId, from, to }),
    })),
  );
  const prompts = sumPrompts(all.map(({ results }) => results.prompts));
  const groups = new Map<string, { surveyId: string; name: string; question: Question }[]>();
  for (const { survey, results } of all) {
    for (const question of results.questions) {
      if (!question.score || question.score.name === "mean") continue;
      const key = `${question.score.name} ${question.distribution.length}`;
      const one = { surveyId: survey.id, name: survey.name, question };
      groups.set(key, [...(groups.get(key) ?? []), one]);
    }
  }
  return {
    surveys: all.map(({ survey: { id, name }, results }) => ({
      id,
      name,
      prompts: results.prompts,
    })),
    from: all[0]?.results.from ?? "",
    to: all[0]?.results.to ?? "",
    prompts,
    responseRate: prompts.shown === 0 ? null : estimateShare(prompts.answered, prompts.shown),
    measures: [...groups.values()].flatMap((group) => toMeasure(group) ?? []),
  };
}

function toMeasure(
  group: { surveyId: string; name: string; question: Question }[],
): CombinedMeasure | null {
  const first = group[0]?.question;
  const { name } = first?.score ?? {};
  if (!first || !name) return null;
  const counts = new Map<number, number>();
  const weeks = new Map<string, { answers: number; sum: number }>();
  for (const { question } of group) {
    for (const { value, count } of question.distribution) {
      counts.set(Number(value), (counts.get(Number(value)) ?? 0) + count);
    }
    for (const { week, score } of question.trend) {
      if (!score) continue;
      const known = weeks.get(week) ?? { answers: 0, sum: 0 };
      known.answers += score.answers;
      // Every score is a mean over answers, so that means by answers add up to it.
      known.sum += score.value * score.answers;
      weeks.set(week, known);
    }
  }
  const marks = first.distribution.length;
  const score = scoreQuestion(toStep(name, marks), counts);
  if (!score) return null;
  return {
    name,
    marks,
    score,
    parts: group.flatMap(({ surveyId, name: survey, question }) =>
      question.score
        ? [{ surveyId, name: survey, prompt: question.prompt, score: question.score }]
        : [],
    ),
    weeks: [...weeks]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([week, { answers, sum }]) => ({ week, answers, value: sum / answers })),
  };
}

/** A question of the measure, for its arithmetic. */
function toStep(name: QuestionScore["name"], marks: number): SurveyStep {
  const base = { id: name, prompt: name };
  if (name === "nps" || name === "thumbs") return { ...base, kind: name };
  const scale = marks as 3 | 5 | 7 | 10;
  const measure = name === "csat" ? "csat" : name === "ces" ? "ces" : "custom";
  return { ...base, kind: "rating", measure, display: "numbers", scale };
}
