import type { Json, SurveyContent, SurveyStep } from "@telltale/protocol";
import { nextStepIndex, type SurveyAnswer } from "./branches.ts";

export type { SurveyAnswer } from "./branches.ts";

/** One showing of a survey to a person, without any look: the widget and an own UI both drive it. */
export interface SurveySession {
  readonly content: SurveyContent;
  /** The step to show now; null when the survey is over. */
  readonly step: SurveyStep | null;
  /** Whether {@link SurveySession.back} leads anywhere. */
  readonly canGoBack: boolean;
  /** Records that the person can see the survey; counts once. */
  shown(): void;
  /** Records the answer to the open step, at once and for good, and goes on. */
  answer(answer: SurveyAnswer): SurveyStep | null;
  /** Returns to the step before; answering it again replaces its answer. */
  back(): SurveyStep | null;
  /** Closes without a further answer. Answers so far count. */
  close(): void;
  /** Ends it with a wish: ask again later, or never again. */
  postpone(until: "later" | "never"): void;
}

/** What a session needs. */
export interface SurveySessionOptions {
  /** As the collector granted it; the impression joins all records of this showing. */
  grant: { survey: SurveyContent; impressionId: string };
  /** Records an event durably, as the SDK does. */
  track(event: string, properties: { [key: string]: Json }): void;
}

/** Starts a session of a survey that the collector granted. */
export function createSurveySession({ grant, track }: SurveySessionOptions): SurveySession {
  const { survey: content, impressionId } = grant;
  const { steps } = content;
  const visited: number[] = [];
  let index = 0;
  let isShown = false;

  const record = (event: string, properties: { [key: string]: Json } = {}) =>
    track(`Survey ${event}`, { survey_id: content.id, impression_id: impressionId, ...properties });

  const openStep = () => steps[index] ?? null;

  // The thanks step has nothing to answer: closing it is not a refusal.
  const end = (event: string, properties: { [key: string]: Json } = {}) => {
    const step = openStep();
    index = steps.length;
    visited.length = 0;
    if (step && step.kind !== "thanks") record(event, { question_id: step.id, ...properties });
  };

  return {
    content,
    get step() {
      return openStep();
    },
    get canGoBack() {
      return visited.length > 0 && openStep()?.kind !== "thanks";
    },
    shown() {
      if (!isShown) record("Shown");
      isShown = true;
    },
    answer(answer) {
      const step = openStep();
      if (!step || step.kind === "thanks") return step;
      const next = nextStepIndex(steps, index, answer);
      const following = steps[next];
      record("Answered", {
        question_id: step.id,
        ...answer,
        is_final: !following || following.kind === "thanks",
      });
      visited.push(index);
      index = next;
      return openStep();
    },
    back() {
      if (this.canGoBack) index = visited.pop() ?? 0;
      return openStep();
    },
    close: () => end("Dismissed"),
    postpone: (until) => end("Postponed", { until }),
  };
}
