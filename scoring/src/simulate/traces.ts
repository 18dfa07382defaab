/**
 * What a simulated account leaves behind: usage, answers, prompts, tickets.
 *
 * @module
 */

import {
  MS_PER_DAY,
  type ObservationRow,
  type PromptRow,
  type ResponseRow,
  type UsageRow,
} from "../facts.ts";
import { weekdayOf } from "../signals/reading.ts";
import type { Random } from "../stats/random.ts";
import type { Life } from "./life.ts";

/** Features of the simulated product, from the most to the least popular. */
export const SIMULATED_FEATURES = [
  "dashboard",
  "search",
  "reports",
  "comments",
  "export",
  "filters",
  "sharing",
  "automation",
  "integrations",
  "templates",
  "audit-log",
  "api-keys",
];

const PROMPT_EVERY_DAYS = 30;

/** A simulated person. */
interface Person {
  userId: string;
  /** Probability of a visit on a working day. */
  habit: number;
  /** Engagement of the account below which this person stays away. */
  leavesBelow: number;
  features: number;
  promptedOn: number;
}

/** Rows of one account. */
export interface Traces {
  usage: UsageRow[];
  responses: ResponseRow[];
  prompts: PromptRow[];
  observations: ObservationRow[];
}

/** What {@link drawTraces} needs. */
export interface TraceInput {
  life: Life;
  /** Day number of the first day of the life. */
  firstDay: number;
  /** Index of the day after the last one with usage. */
  untilIndex: number;
  people: number;
  /** Probability of a visit of a typical person on a working day. */
  habit: number;
  /** What multiplies everybody's use on a day: holidays, outages. */
  calendar: (day: number) => { presence: number; isLost: boolean };
  random: Random;
}

/** Draws the rows that follow from a life. */
export function drawTraces(input: TraceInput): Traces {
  const { life, firstDay, untilIndex, random } = input;
  const people = drawPeople(input);
  const traces: Traces = { usage: [], responses: [], prompts: [], observations: [] };
  const lost: Traces = { usage: [], responses: [], prompts: [], observations: [] };
  for (let index = 0; index < untilIndex; index++) {
    const day = firstDay + index;
    const weekday = weekdayOf(day);
    const { presence, isLost } = input.calendar(day);
    const mood = life.satisfaction[index] as number;
    const level = (life.engagement[index] as number) * (life.season[index] as number);
    const daily = level * presence * (weekday === 0 || weekday === 6 ? 0.15 : 1);
    if (random.uniform() < 0.02 * people.length * Math.max(0.05, 0.9 - mood) * Math.min(1, level)) {
      traces.observations.push({ series: "support_tickets", at: moment(day, random), value: 1 });
    }
    for (const person of people) {
      if ((life.engagement[index] as number) < person.leavesBelow) continue;
      if (random.uniform() >= Math.min(0.97, person.habit * daily)) continue;
      visit(isLost ? lost : traces, { person, day, level, random });
      prompt(isLost ? lost : traces, { person, day, mood, random });
    }
  }
  return traces;
}

function drawPeople({ people, habit, random }: TraceInput): Person[] {
  return Array.from({ length: people }, (_, i) => ({
    userId: `user-${i + 1}`,
    habit: Math.min(0.95, Math.max(0.03, habit * Math.exp(0.4 * random.normal()))),
    leavesBelow: i === 0 ? 0 : 0.6 * random.uniform(),
    features: 2 + random.integer(SIMULATED_FEATURES.length - 2),
    promptedOn: Number.NEGATIVE_INFINITY,
  }));
}

function visit(
  { usage }: Traces,
  { person, day, level, random }: { person: Person; day: number; level: number; random: Random },
): void {
  const wanted = 1 + random.poisson(0.9 * Math.min(1.5, level));
  const used = new Set<number>();
  for (let i = 0; i < wanted; i++) used.add(Math.floor(person.features * random.uniform() ** 1.7));
  for (const feature of used) {
    const count = 1 + random.poisson(1.5);
    usage.push({
      userId: person.userId,
      day,
      event: "Feature Used",
      feature: SIMULATED_FEATURES[feature] as string,
      count,
      engagedSeconds: Math.round(count * 60 * Math.exp(0.5 * random.normal())),
    });
  }
}

/** The unhappy answer less often: an honest survey is a biased one. */
function prompt(
  { prompts, responses }: Traces,
  { person, day, mood, random }: { person: Person; day: number; mood: number; random: Random },
): void {
  if (day - person.promptedOn < PROMPT_EVERY_DAYS || random.uniform() > 0.25) return;
  person.promptedOn = day;
  const at = moment(day, random);
  const isAnswered = random.uniform() < 0.15 + 0.3 * mood;
  prompts.push({ userId: person.userId, at, answeredAt: isAnswered ? at : null });
  if (!isAnswered) return;
  const felt = mood + 0.16 * random.normal();
  const value = 25 * Math.min(4, Math.max(0, Math.round(4 * felt)));
  responses.push({ userId: person.userId, at, kind: "csat", value });
}

function moment(day: number, random: Random): number {
  return day * MS_PER_DAY + Math.floor((8 + 10 * random.uniform()) * 3_600_000);
}
