import type { PromptClaimRequest, PromptClaimResponse, SurveyRule } from "@telltale/protocol";
import { afterEach, beforeEach, vi } from "vitest";
import { createPrompts } from "../prompts.ts";
import { createBridge, csatSteps, surveyOf } from "./fixtures.ts";

type Prompts = ReturnType<typeof createPrompts>;

const grant = { granted: true, impressionId: "i1", survey: surveyOf(csatSteps) } as const;

/** What became of the latest rule. */
export const last = (prompts: Prompts) => prompts.decisions().at(-1)?.decision;

/** Lets so many milliseconds pass, and what waits for them. */
export const settle = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

/** Prompts for the tests of a file: a fresh page for each, with a clock and a collector of its own. */
export function usePrompts() {
  const claims: PromptClaimRequest[] = [];
  const views: { close: () => void; isRequested: boolean }[] = [];
  const stops: (() => void)[] = [];
  let answer: PromptClaimResponse = grant;

  beforeEach(() => {
    vi.useFakeTimers();
    for (const list of [claims, views, stops]) list.length = 0;
    answer = grant;
    history.replaceState(null, "", "/");
    vi.stubGlobal("fetch", async (_url: string, init: RequestInit) => {
      claims.push(JSON.parse(init.body as string));
      return Response.json(answer);
    });
  });

  afterEach(() => {
    for (const stop of stops) stop();
    document.body.replaceChildren();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  return {
    claims,
    views,
    /** Has the collector refuse from now on. */
    refuse(reason: Extract<PromptClaimResponse, { granted: false }>["reason"], retryAt?: string) {
      answer = { granted: false, reason, ...(retryAt && { retryAt }) };
    },
    start(rules?: SurveyRule[]) {
      const { bridge } = createBridge(rules);
      const prompts = createPrompts(bridge, (_grant, onClosed, { isRequested = false }) => {
        views.push({ close: onClosed, isRequested });
        return onClosed;
      });
      stops.push(prompts.stop);
      return prompts;
    },
  };
}
