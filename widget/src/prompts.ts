import type { PromptBridge, Prompts, PropertyFilter, SurveyRule } from "@telltale/protocol";
import { claimSurvey, type GrantedSurvey, type SurveyWish } from "./claim.ts";
import { watchObstacles } from "./obstacle.ts";
import { matchesEvent, matchesPath } from "./triggers.ts";

/** How often a blocked prompt looks again, and how long until it gives up, in milliseconds. */
const LOOK_AGAIN_MS = 500;
const GIVE_UP_MS = 300_000;
const DECISIONS_KEPT = 100;

/**
 * Shows a granted survey. It takes the focus only where the wish says that the person asked for it,
 * calls `onClosed` once it is gone, and returns the way to take it down.
 */
export type PromptView = (
  grant: GrantedSurvey,
  onClosed: () => void,
  wish: SurveyWish,
) => () => void;

/**
 * Starts the prompts of a page: watches for the rules that make a survey due, waits for a good moment,
 * asks the collector, and shows what it grants. Never throws into the page.
 */
export function createPrompts(bridge: PromptBridge, view: PromptView): Prompts {
  const rules = bridge.config.surveys;
  const log: { at: number; survey: string; decision: string }[] = [];
  const timers = new Map<SurveyRule, ReturnType<typeof setTimeout>>();
  const refusedUntil: { [survey: string]: number } = {};
  const obstacles = watchObstacles();
  /** Whose it is to ask or to be shown: one at a time, until its view is gone, which may say so twice. */
  let turn: SurveyWish | undefined;
  let isStopped = false;
  let shownRule: SurveyRule | undefined;
  let takeDown: (() => void) | undefined;

  const decide = (survey: string, decision: string) => {
    if (log.push({ at: Date.now(), survey, decision }) > DECISIONS_KEPT) log.shift();
    bridge.debug(survey, decision);
  };

  const isOnPage = (rule?: SurveyRule) => !rule || matchesPath(rule.trigger, location.pathname);

  /** Waits for a good moment. False when it never came, or the page is not the right one any more. */
  const waitForQuiet = async (survey: string, wish: SurveyWish, rule?: SurveyRule) => {
    let told: string | null = null;
    for (let waited = 0; !isStopped; waited += LOOK_AGAIN_MS) {
      const obstacle = wish.isRequested ? null : obstacles.find();
      const loss = isOnPage(rule)
        ? document.querySelector(rule?.selector ?? "*")
          ? waited > GIVE_UP_MS && "gave_up"
          : "no_element"
        : "page_left";
      if (loss) {
        decide(survey, loss);
        return false;
      }
      if (!obstacle) return true;
      if (obstacle !== told) decide(survey, `waits: ${obstacle}`);
      told = obstacle;
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
    return false;
  };

  const attempt = async (survey: string, wish: SurveyWish, rule?: SurveyRule) => {
    if (turn) return decide(survey, "prompt_open");
    if (!wish.isRequested && Date.now() < (refusedUntil[survey] as number)) {
      return decide(survey, "refused");
    }
    const release = () => {
      if (turn === wish) turn = takeDown = undefined;
    };
    turn = wish;
    takeDown = undefined;
    try {
      if (!(await waitForQuiet(survey, wish, rule))) return;
      const claim = await claimSurvey(bridge, wish);
      if (!claim.granted) {
        refusedUntil[survey] = Date.parse(claim.retryAt ?? "9999");
        return decide(survey, claim.reason);
      }
      if (!(await waitForQuiet(survey, wish, rule))) return;
      shownRule = rule;
      takeDown = view(claim, release, wish);
      decide(survey, "shown");
    } catch (error) {
      decide(survey, `failed: ${error}`);
    } finally {
      if (!takeDown) release();
    }
  };

  const due = (rule: SurveyRule) => {
    if (timers.has(rule)) return;
    const go = () => {
      timers.delete(rule);
      attempt(rule.key, { surveyId: rule.id }, rule);
    };
    timers.set(rule, setTimeout(go, rule.delayMs));
  };

  // Few projects have rules that need more than the name of an event.
  const special = rules.filter(
    ({ event, trigger }) => "where" in trigger || (!event && trigger.kind !== "manual"),
  );
  const moreRules =
    special[0] &&
    import("./rules.ts").then(
      ({ watchRules }) => watchRules(special, due),
      (error) => {
        for (const { key } of special) decide(key, `failed: ${error}`);
      },
    );

  const notify: Prompts["notify"] = (event, properties) => {
    if (event === "$page") {
      moreRules?.then((more) => more?.restart(location.pathname));
      if (!isOnPage(shownRule)) takeDown?.();
    }
    for (const rule of rules) {
      if (rule.cancelEvents.includes(event)) {
        clearTimeout(timers.get(rule));
        if (timers.delete(rule)) decide(rule.key, `cancelled: ${event}`);
      } else if (isOnPage(rule) && matchesEvent(rule, event, properties)) {
        const { where } = rule.trigger as { where?: PropertyFilter[] };
        if (!where) due(rule);
        else moreRules?.then((more) => more?.matchesFilters(where, properties) && due(rule));
      }
    }
  };

  const unsubscribe = bridge.onEvent(notify);

  return {
    notify,
    survey: (key) => attempt(key, { surveyKey: key }),
    feedback: () => attempt("feedback", { surveyKey: "feedback", isRequested: true }),
    decisions: () => log,
    stop() {
      isStopped = true;
      moreRules?.then((more) => more?.restart());
      timers.forEach(clearTimeout);
      takeDown?.();
      unsubscribe();
      obstacles.stop();
    },
  };
}
