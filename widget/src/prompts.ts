import type { PromptBridge, Prompts, SurveyRule } from "@telltale/protocol";
import { claimSurvey, type GrantedSurvey, type SurveyWish } from "./claim.ts";
import { watchObstacles } from "./obstacle.ts";
import type { PageWatch } from "./page-watch.ts";
import { matchesEvent, matchesPath } from "./triggers.ts";

/** How often a blocked prompt looks again, and how long until it gives up, in milliseconds. */
const LOOK_AGAIN_MS = 500;
const GIVE_UP_MS = 300_000;
const DECISIONS_KEPT = 100;

/**
 * Shows a granted survey. It takes the focus only where it may, calls `onClosed` once it is gone, and
 * returns the way to take it down.
 */
export type PromptView = (
  grant: GrantedSurvey,
  onClosed: () => void,
  focus: "take" | "leave",
) => () => void;

interface Attempt {
  wish: SurveyWish;
  label: string;
  /** Absent when the survey was asked for by key. */
  rule?: SurveyRule;
}

/**
 * Starts the prompts of a page: watches for the rules that make a survey due, waits for a good moment,
 * asks the collector, and shows what it grants. Never throws into the page.
 *
 * @param loadView - called after the collector granted a survey, not before: most claims are refused
 */
export function createPrompts(bridge: PromptBridge, loadView: () => Promise<PromptView>): Prompts {
  const rules = bridge.config.surveys;
  const log: { at: number; survey: string; decision: string }[] = [];
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const refusedUntil = new Map<string, number>();
  const obstacles = watchObstacles();
  let isBusy = false;
  let isStopped = false;
  let shownRule: SurveyRule | undefined;
  let takeDown: (() => void) | undefined;

  const decide = (survey: string, decision: string) => {
    if (log.push({ at: Date.now(), survey, decision }) > DECISIONS_KEPT) log.shift();
    bridge.debug(`survey ${survey}: ${decision}`);
  };

  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  /** Waits for a good moment. False when it never came, or the page is no longer the right one. */
  const waitForQuiet = async ({ rule, label, wish }: Attempt): Promise<boolean> => {
    const giveUpAt = Date.now() + GIVE_UP_MS;
    let told = "";
    while (!isStopped) {
      if (rule && !matchesPath(rule.trigger, location.pathname)) {
        decide(label, "not shown: the user left the page it is about");
        return false;
      }
      const obstacle = wish.isRequested ? null : obstacles.find();
      if (!obstacle) return true;
      if (Date.now() > giveUpAt) {
        decide(label, `not shown: no good moment, ${obstacle}`);
        return false;
      }
      if (obstacle !== told) decide(label, `waits: ${obstacle}`);
      told = obstacle;
      await pause(LOOK_AGAIN_MS);
    }
    return false;
  };

  const show = async (wanted: Attempt, grant: GrantedSurvey) => {
    const view = await loadView();
    if (!(await waitForQuiet(wanted))) return;
    shownRule = wanted.rule;
    takeDown = view(
      grant,
      () => {
        takeDown = shownRule = undefined;
      },
      wanted.wish.isRequested ? "take" : "leave",
    );
    decide(wanted.label, "shown");
  };

  const attempt = async (wanted: Attempt) => {
    const { label, wish } = wanted;
    if (takeDown || isBusy) return decide(label, "not shown: another prompt is open");
    if (!wish.isRequested && Date.now() < (refusedUntil.get(label) ?? 0)) {
      return decide(label, "not shown: the collector refused it a moment ago");
    }
    isBusy = true;
    try {
      if (!(await waitForQuiet(wanted))) return;
      const claim = await claimSurvey(bridge, wish);
      if (isStopped) return;
      if (claim.granted) {
        await show(wanted, claim);
      } else {
        decide(label, `not shown: ${claim.reason}`);
        refusedUntil.set(
          label,
          claim.retryAt ? Date.parse(claim.retryAt) : Number.POSITIVE_INFINITY,
        );
      }
    } catch (error) {
      decide(label, `not shown: ${error}`);
    } finally {
      isBusy = false;
    }
  };

  const due = (rule: SurveyRule) => {
    if (waiting.has(rule.id)) return;
    if (rule.delayMs) decide(rule.key, `due in ${rule.delayMs} ms`);
    const timer = setTimeout(() => {
      waiting.delete(rule.id);
      attempt({ wish: { surveyId: rule.id }, label: rule.key, rule });
    }, rule.delayMs);
    waiting.set(rule.id, timer);
  };

  let pageWatch: Promise<PageWatch> | undefined;
  if (rules.some(({ trigger }) => /^(ti|ex)/.test(trigger.kind))) {
    pageWatch = import("./page-watch.ts").then(({ watchPage }) => watchPage(rules, due));
  }

  const withdraw = (rule: SurveyRule, why: string) => {
    clearTimeout(waiting.get(rule.id));
    if (waiting.delete(rule.id)) decide(rule.key, `withdrawn: ${why}`);
  };

  const notify: Prompts["notify"] = (event, properties) => {
    if (isStopped) return;
    const path = location.pathname;
    if (event === "$page") {
      pageWatch?.then((watch) => watch.restart(path));
      if (shownRule && !matchesPath(shownRule.trigger, path)) takeDown?.();
    }
    for (const rule of rules) {
      if (rule.cancelEvents.includes(event)) withdraw(rule, `${event} happened`);
      else if (matchesPath(rule.trigger, path) && matchesEvent(rule.trigger, event, properties)) {
        due(rule);
      }
    }
  };

  const unsubscribe = bridge.onEvent(notify);

  return {
    notify,
    survey: (key) => void attempt({ wish: { surveyKey: key }, label: key }),
    feedback: () =>
      void attempt({ wish: { surveyKey: "feedback", isRequested: true }, label: "feedback" }),
    decisions: () => [...log],
    stop() {
      isStopped = true;
      unsubscribe();
      obstacles.stop();
      pageWatch?.then((watch) => watch.stop());
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
      takeDown?.();
    },
  };
}
