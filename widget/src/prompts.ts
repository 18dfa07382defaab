import type { PromptBridge, Prompts, PropertyFilter, SurveyRule } from "@telltale/protocol";
import { claimSurvey, type GrantedSurvey, type SurveyWish } from "./claim.ts";
import { watchObstacles } from "./obstacle.ts";
import { matchesEvent, matchesPath } from "./triggers.ts";

/** How often a blocked prompt looks again, in milliseconds, and how many times: for five minutes. */
const LOOK_AGAIN_MS = 500;
const GIVE_UP_LOOKS = 300_000 / LOOK_AGAIN_MS;
const DECISIONS_KEPT = 100;

/** Here, surveys go by their keys, as people know them. */
type KeyWish = SurveyWish & { surveyKey: string };

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

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
  /** What is due, until it is decided or cancelled. */
  const pending: { [survey: string]: SurveyWish | undefined } = {};
  const refusedUntil: { [asked: string]: number } = {};
  const obstacles = watchObstacles();
  /** Whose it is to ask or to be shown: one at a time, until its view is gone, which may say so twice. */
  let turn: SurveyWish | undefined;
  let shownRule: SurveyRule | undefined;
  let takeDown: (() => void) | undefined;

  const decide = (survey: string, decision: string) => {
    if (log.push({ at: Date.now(), survey, decision }) > DECISIONS_KEPT) log.shift();
    bridge.debug(survey, decision);
  };

  const isOnPage = (rule?: SurveyRule) => !rule || matchesPath(rule.trigger, location.pathname);

  const attempt = async (wish: KeyWish, rule?: SurveyRule) => {
    const { surveyKey: survey, isRequested } = wish;
    // Whoever is refused stands in nobody's way; a wish goes before what only waits.
    while (turn) {
      if (takeDown || turn.isRequested) return decide(survey, "prompt_open");
      if (isRequested) break;
      await pause(LOOK_AGAIN_MS);
    }
    // For another person, account or session the collector may say otherwise.
    const asked = survey + JSON.stringify(bridge.who());
    if (!isRequested && Date.now() < (refusedUntil[asked] as number)) {
      return decide(survey, "refused");
    }
    const release = () => {
      if (turn === wish) turn = takeDown = undefined;
    };

    /** Waits for a good moment. Nothing when it never came, or the page is not the right one any more. */
    const waitForQuiet = async () => {
      let told: unknown;
      // A wish goes before what only waits, and an event may have cancelled it.
      for (let looks = 0; turn === wish && (!rule || pending[rule.key] === wish); ) {
        const obstacle = !isRequested && obstacles.find();
        const loss =
          (!isOnPage(rule) && "page_left") ||
          (!document.querySelector(rule?.selector ?? "*") && "no_element") ||
          (looks++ > GIVE_UP_LOOKS && "gave_up");
        if (loss) return decide(survey, loss);
        if (!obstacle) return true;
        if (obstacle !== told) decide(survey, `waits: ${obstacle}`);
        told = obstacle;
        await pause(LOOK_AGAIN_MS);
      }
    };

    turn = wish;
    takeDown = undefined;
    try {
      if (!(await waitForQuiet())) return;
      const claim = await claimSurvey(bridge, wish);
      if (!claim.granted) {
        refusedUntil[asked] = Date.parse(claim.retryAt ?? "9999");
        return decide(survey, claim.reason);
      }
      if (!(await waitForQuiet())) return;
      shownRule = rule;
      takeDown = view(claim, release, wish);
      decide(survey, "shown");
    } catch (error) {
      decide(survey, `failed: ${error}`);
    } finally {
      if (!takeDown) release();
    }
  };

  const due = async (rule: SurveyRule) => {
    if (pending[rule.key]) return;
    const wish = { surveyKey: rule.key };
    pending[rule.key] = wish;
    await pause(rule.delayMs);
    await attempt(wish, rule);
    if (pending[rule.key] === wish) delete pending[rule.key];
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
        if (pending[rule.key]) decide(rule.key, `cancelled: ${event}`);
        delete pending[rule.key];
      } else if (isOnPage(rule) && matchesEvent(rule, event, properties)) {
        const { where } = rule.trigger as { where?: PropertyFilter[] };
        if (!where) due(rule);
        else
          moreRules?.then((more) => {
            if (more?.matchesFilters(where, properties)) due(rule);
          });
      }
    }
  };

  const unsubscribe = bridge.onEvent(notify);

  return {
    notify,
    survey: (surveyKey) => attempt({ surveyKey }),
    feedback: () => attempt({ surveyKey: "feedback", isRequested: true }),
    decisions: () => log,
    stop() {
      // From now on it is nobody's turn.
      turn = { isRequested: true };
      moreRules?.then((more) => more?.restart());
      takeDown?.();
      unsubscribe();
      obstacles.stop();
    },
  };
}
