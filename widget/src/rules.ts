import type { SurveyRule } from "@telltale/protocol";
import { matchesFilters } from "./filters.ts";
import { type RestartWatch, watchPage } from "./page-watch.ts";

/** What only some rules need: filters of properties, and watching the page. */
export interface RuleWatch {
  restart: RestartWatch;
  matchesFilters: typeof matchesFilters;
}

/** Watches for rules that take more than the name of an event. */
export function watchRules(
  rules: readonly SurveyRule[],
  onDue: (rule: SurveyRule) => void,
): RuleWatch {
  return { restart: watchPage(rules, onDue), matchesFilters };
}
