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
  /**
   * Records that the person can see the survey; counts once. If the page then goes with a question
   * open, that is recorded too.
   */
  shown(): void;
  /** Records the answer to the open step, at once and for good, and goes on. */
  answer(answer: SurveyAnswer): SurveyStep | null;
  /** Returns to the step before; answering it again replaces its answer. */
  back(): SurveyStep | null;
  /** Closes without a further answer. Answers so far count. */
  close(): void;
  /** Ends it without a word, as when the page takes it away. */
  leave(): void;
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
  let isShown: boolean | undefined;

  const record = (event: string, properties?: object) =>
    track(`Survey ${event}`, { survey_id: content.id, impression_id: impressionId, ...properties });

  const isQuestion = (step?: SurveyStep) => (step?.kind ?? "thanks") !== "thanks";

  // Closing the thanks is no refusal.
  const recordOpen = (event: string, properties?: object) => {
    const step = steps[index];
    if (isQuestion(step)) record(event, { question_id: step!.id, ...properties });
  };
  const abandon = () => recordOpen("Dismissed", { is_abandoned: true });
  const leave = () => {
    removeEventListener("pagehide", abandon, true);
    index = steps.length;
  };

  return {
    content,
    get step() {
      return steps[index] ?? null;
    },
    get canGoBack() {
      return visited.length > 0 && isQuestion(steps[index]);
    },
    shown() {
      if (isShown) return;
      record("Shown");
      isShown = true;
      // Before the SDK hears of it, so that it goes with the last batch of the page. Once, as a page
      // may come back and go again.
      addEventListener("pagehide", abandon, { once: true, capture: true });
    },
    answer(answer) {
      const step = steps[index];
      if (isQuestion(step)) {
        visited.push(index);
        index = nextStepIndex(steps, index, answer);
        record("Answered", {
          question_id: step!.id,
          ...answer,
          is_final: !isQuestion(steps[index]),
        });
      }
      return this.step;
    },
    back() {
      if (this.canGoBack) index = visited.pop()!;
      return this.step;
    },
    close() {
      recordOpen("Dismissed");
      leave();
    },
    leave,
    postpone(until) {
      recordOpen("Postponed", { until });
      leave();
    },
  };
}
