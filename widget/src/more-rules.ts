/** What only some rules need: filters of properties, time on page, exit intent. */

export { matchesFilters } from "./filters.ts";
export { watchPage } from "./page-watch.ts";
