export interface SimulatedSurvey {
  id: string;
  key: string;
  isNps: boolean;
  definition: {
    repeatAfterDays: number | null;
    responseCap: number | null;
    tags?: string[];
    steps: { id: string; kind: string; scale?: number }[];
  };
}

export interface ShownPrompt {
  surveyId: string;
  isNps: boolean;
  isRequested: boolean;
  personId: string;
  userId: string;
  anonymousId: string;
  accountId: string;
  sessionId: string;
  claimedAt: number;
  shownAt: number;
  answeredAt: number | null;
  dismissedAt: number | null;
  laterAt: number | null;
  neverAt: number | null;
  recordedAt: number;
  linkedAt(): number;
}

export interface SimulatedCollector {
  claim(
    wish: Record<string, unknown>,
  ): Promise<{ granted: true; impressionId: string } | { granted: false; reason: string }>;
  send(messages: Record<string, unknown>[]): Promise<void>;
  setNow(ms: number): void;
}

export interface Simulation {
  claims: number;
  granted: number;
  refusals: Map<string, number>;
  shown: ShownPrompt[];
  claimMs: number[];
}

export function simulatePrompts(
  collector: SimulatedCollector,
  surveys: SimulatedSurvey[],
  options: {
    people: number;
    devices: number;
    tabs: number;
    days: number;
    startMs: number;
    seed: number;
    onDay?: (day: number) => void;
  },
): Promise<Simulation>;

export type SimulatedSettings = {
  promptsPerAccountDay: number;
  promptLimits: { tag: string; prompts: number; days: number }[];
};

export const SIMULATED_SETTINGS: SimulatedSettings;

export const SIMULATED_SURVEYS: Record<string, unknown>[];
