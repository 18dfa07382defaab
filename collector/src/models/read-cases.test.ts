import { DEFAULT_MODEL, type ScoringModel } from "@telltale/scoring";
import { expect, it } from "vitest";
import { createTestCollector } from "../../test/collector.ts";
import { useTestDatabase } from "../../test/database.ts";
import { insertBook } from "../../test/insert-book.ts";
import { findProject } from "../projects/find-project.ts";
import type { Project } from "../projects/queries.ts";
import { readCases } from "./read-cases.ts";

const test = useTestDatabase();

it("reads the history once for several models, and tells each what it would be told alone", async () => {
  const { sql } = test.database;
  const { projectId, now } = await createTestCollector(test.database);
  await insertBook(sql, projectId, { accounts: 20, days: 120, seed: "cases", now });
  const project = (await findProject(sql, projectId)) as Project;
  const models: ScoringModel[] = [
    DEFAULT_MODEL,
    {
      ...DEFAULT_MODEL,
      version: "narrow",
      components: DEFAULT_MODEL.components.slice(0, 1).map((one) => ({ ...one, weight: 1 })),
    },
    {
      ...DEFAULT_MODEL,
      version: "short",
      signals: DEFAULT_MODEL.signals.map((spec) => ({ ...spec, windowDays: 14 })),
    },
  ];
  const horizons = [14, 30];
  const steps: [number, number][] = [];
  const onProgress = (...step: [number, number]) => steps.push(step);
  const together = await readCases(sql, project, { models, horizons, now, onProgress });
  // An account is read once; its outcomes are judged once by the models that measure the same.
  const outcomes = together.casesOf(DEFAULT_MODEL, 14).length;
  const total = 20 + 2 * outcomes;
  expect(steps).toEqual(Array.from({ length: total }, (_, i) => [i + 1, total]));
  for (const model of models) {
    const alone = await readCases(sql, project, { models: [model], horizons, now });
    for (const days of horizons) {
      const cases = together.casesOf(model, days);
      expect(cases).toEqual(alone.casesOf(model, days));
      expect(cases.some(({ score }) => score !== null)).toBe(true);
    }
  }
  const [scores, narrowScores, shortScores] = models.map((model) =>
    together.casesOf(model, 14).map(({ score }) => score),
  );
  expect(narrowScores).not.toEqual(scores);
  expect(shortScores).not.toEqual(scores);
});
