import type { ShownPrompt, SimulatedSurvey } from "./simulate-prompts.mjs";

export function findRepeats(
  shown: ShownPrompt[],
  surveys: Map<string, SimulatedSurvey>,
  settings: { promptsPerAccountDay: number },
): { byRule: Map<string, number>; prompts: number };
