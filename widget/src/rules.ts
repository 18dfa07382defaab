/** What only some rules need: filters of properties, an element that must be there, watching the page. */

import type { SurveyRule } from "@telltale/protocol";

export { matchesFilters } from "./filters.ts";
export { watchPage } from "./page-watch.ts";

/**
 * Why a rule does not hold on this page, beside its path.
 *
 * @throws {DOMException} if its selector is none
 */
export function findLoss(rule: SurveyRule | undefined): string | null {
  const { selector } = rule ?? {};
  return selector && !document.querySelector(selector) ? "no_element" : null;
}
