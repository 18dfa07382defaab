import type { ShownPrompt, SimulatedSettings, SimulatedSurvey } from "./simulate-prompts.mjs";

export function findRepeats(
  shown: ShownPrompt[],
  surveys: Map<string, SimulatedSurvey>,
  settings: SimulatedSettings,
): { byRule: Map<string, number>; prompts: number };
