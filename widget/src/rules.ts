/** What only some rules need: filters of properties, and watching the page. */

export { matchesFilters } from "./filters.ts";
export { watchPage } from "./page-watch.ts";
