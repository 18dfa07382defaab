import type { z } from "@hono/zod-openapi";
import type { SurveyStep } from "@telltale/protocol";
import type { Database } from "../db/client.ts";
import { Problem } from "../problem.ts";
import type { Project } from "../projects/queries.ts";
import { toCalendarDay, toDayNumber } from "../scores/civil-day.ts";
import { endOfDay } from "../scores/past-queries.ts";
import { toAskedSteps } from "./asked-steps.ts";
import { getSurvey } from "./change-surveys.ts";
import { differenceOf, estimateShare } from "./intervals.ts";
import { marksOf, scoreQuestion } from "./question-score.ts";
import {
  type ChoiceCount,
  countChoices,
  countLeft,
  countMarks,
  countPrompts,
  findComments,
  type MarkCount,
  type PromptCounts,
  type ResultSpan,
  type SegmentCount,
} from "./results-queries.ts";
import type { resultsSchema } from "./results-schema.ts";
import { readSegmentCounts } from "./segment-counts.ts";
import { hintSentiment } from "./sentiment-hint.ts";
import { findVersions } from "./version-queries.ts";

type Results = z.output<typeof resultsSchema>;
type QuestionResults = Results["questions"][number];

const MS_PER_DAY = 86_400_000;
const DEFAULT_DAYS = 90;
const MAX_DAYS = 1_100;
const COMMENTS = 50;
/** Segments of fewer answers would show single people. */
const LEAST_ANSWERS_OF_SEGMENT = 5;

interface ResultsWish {
  project: Project;
  surveyId: string;
  from?: string | undefined;
  to?: string | undefined;
}

const isDay = (time: string): boolean => !time.includes("T");

/**
 * What people answered to a survey in a stretch of time, beside the stretch of the same length before
 * it. Shares, scores and differences come with 95 % intervals.
 *
 * @throws {Problem} not-found, or invalid-request when the time makes no sense
 */
export async function readResults(
  { database, clock }: { database: Database; clock: () => number },
  { project, surveyId, from, to }: ResultsWish,
): Promise<Results> {
  const { sql, db } = database;
  const survey = await getSurvey(db, project.id, surveyId);
  const { timeZone } = project;
  const endOf = async (time: string) =>
    isDay(time) ? (await endOfDay(sql, time, timeZone)) + 1 : Date.parse(time);
  const startOf = (time: string) =>
    endOf(isDay(time) ? toCalendarDay(toDayNumber(time) - 1) : time);
  const toMs = to === undefined ? clock() + 1 : await endOf(to);
  const fromMs = from === undefined ? toMs - DEFAULT_DAYS * MS_PER_DAY : await startOf(from);
  if (fromMs >= toMs || toMs - fromMs > MAX_DAYS * MS_PER_DAY) {
    throw new Problem("invalid-request", "The stretch of time makes no sense.", {
      errors: [{ pointer: "/from", detail: `must be before 'to', by at most ${MAX_DAYS} days` }],
    });
  }
  const spanOf = (start: number, end: number): ResultSpan => ({
    projectId: project.id,
    surveyId,
    from: new Date(start).toISOString(),
    to: new Date(end).toISOString(),
  });
  const span = spanOf(fromMs, toMs);
  const earlier = spanOf(fromMs - (toMs - fromMs), fromMs);
  const [prompts, promptsBefore, marks, marksBefore, choices, left, segments, comments, versions] =
    await Promise.all([
      countPrompts(sql, span, timeZone),
      countPrompts(sql, earlier, timeZone),
      countMarks(sql, span, timeZone),
      countMarks(sql, earlier, timeZone),
      countChoices(sql, span),
      countLeft(sql, span),
      readSegmentCounts(database, span),
      findComments(sql, span, COMMENTS),
      findVersions(db, project.id, surveyId),
    ]);
  const leftAt = new Map(left.map(({ stepId, left: count }) => [stepId, count]));
  const asked = toAskedSteps(survey, versions, { fromMs: Date.parse(earlier.from), toMs });
  return {
    surveyId,
    from: span.from,
    to: span.to,
    prompts: sumPrompts(prompts),
    responseRate: rateOf(prompts),
    responseRateChange: changeOf(rateOf(prompts), rateOf(promptsBefore)),
    weeks: prompts,
    questions: asked.map(({ step, isAsked, wordings }) => ({
      ...toQuestion(step, {
        marks,
        marksBefore,
        choices,
        segments,
        left: leftAt.get(step.id) ?? 0,
      }),
      isAsked,
      wordings,
    })),
    comments: comments.map((row) => ({
      impressionId: row.impressionId,
      questionId: row.questionId,
      accountId: row.accountId === "" ? null : row.accountId,
      userId: row.userId,
      text: row.text,
      answeredAt: row.answeredAt.toISOString(),
      sentiment: hintSentiment(row.text, row.rating),
    })),
  };
}

/** What became of prompts, over several stretches or surveys. */
export function sumPrompts(parts: readonly Results["prompts"][]): Results["prompts"] {
  const total = (name: keyof Results["prompts"]) =>
    parts.reduce((sum, part) => sum + part[name], 0);
  return {
    shown: total("shown"),
    answered: total("answered"),
    completed: total("completed"),
    dismissed: total("dismissed"),
    postponed: total("postponed"),
    optedOut: total("optedOut"),
    abandoned: total("abandoned"),
    requested: total("requested"),
  };
}

function rateOf(weeks: PromptCounts[]): Results["responseRate"] {
  const { shown, answered } = sumPrompts(weeks);
  return shown === 0 ? null : estimateShare(answered, shown);
}

function changeOf<Value extends { value: number; low: number; high: number; answers: number }>(
  now: Value | null,
  before: Value | null,
): Results["responseRateChange"] {
  if (!now || !before) return null;
  const difference = differenceOf(now, before);
  return {
    ...difference,
    before: before.value,
    isClear: difference.low > 0 || difference.high < 0,
  };
}

function countsOf(rows: { value: number | null; count: number }[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { value, count } of rows) {
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return counts;
}

interface QuestionCounts {
  marks: MarkCount[];
  marksBefore: MarkCount[];
  choices: ChoiceCount[];
  segments: (SegmentCount & { name: string })[];
  left: number;
}

function toQuestion(
  step: SurveyStep,
  counts: QuestionCounts,
): Omit<QuestionResults, "isAsked" | "wordings"> {
  const own = counts.marks.filter((row) => row.questionId === step.id);
  const answers = own.reduce((sum, row) => sum + row.count, 0);
  const score = scoreQuestion(step, countsOf(own));
  const before = counts.marksBefore.filter((row) => row.questionId === step.id);
  return {
    id: step.id,
    kind: step.kind,
    prompt: step.prompt,
    answers,
    left: counts.left,
    dropOffShare: answers + counts.left === 0 ? null : counts.left / (answers + counts.left),
    score,
    change: changeOf(score, scoreQuestion(step, countsOf(before))),
    distribution:
      step.kind === "choice" ? choicesOf(step, counts.choices, answers) : marksIn(step, own),
    trend: groupBy(own, "week").map(([week, rows]) => ({
      week,
      answers: rows.reduce((sum, row) => sum + row.count, 0),
      score: scoreQuestion(step, countsOf(rows)),
    })),
    segments: groupBy(
      counts.segments.filter((row) => row.questionId === step.id),
      "segment",
    )
      .map(([segment, rows]) => ({
        segment,
        name: rows[0]?.name ?? segment,
        score: scoreQuestion(step, countsOf(rows)),
      }))
      .filter(({ score: ofSegment }) => (ofSegment?.answers ?? 0) >= LEAST_ANSWERS_OF_SEGMENT),
  };
}

function marksIn(step: SurveyStep, rows: MarkCount[]): QuestionResults["distribution"] {
  const counts = countsOf(rows);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return marksOf(step).map((mark) => {
    const count = counts.get(mark) ?? 0;
    return { value: mark, label: null, count, share: total === 0 ? 0 : count / total };
  });
}

/** Shares are of the people who answered; with several choices they add up to more than 1. */
function choicesOf(
  step: Extract<SurveyStep, { kind: "choice" }>,
  choices: ChoiceCount[],
  answers: number,
): QuestionResults["distribution"] {
  const own = choices.filter((row) => row.questionId === step.id);
  const rowOf = (value: string | null, label: string | null) => {
    const count = own.find(({ choice }) => choice === value)?.count ?? 0;
    return { value, label, count, share: answers === 0 ? 0 : count / answers };
  };
  const options = step.options.map(({ value, label }) => rowOf(value, label));
  return step.hasOther ? [...options, rowOf(null, null)] : options;
}

function groupBy<Row, Key extends keyof Row>(rows: Row[], key: Key): [Row[Key], Row[]][] {
  const groups = new Map<Row[Key], Row[]>();
  for (const row of rows) {
    const group = groups.get(row[key]);
    if (group) group.push(row);
    else groups.set(row[key], [row]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
