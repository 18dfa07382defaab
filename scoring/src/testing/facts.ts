/**
 * Facts for tests.
 *
 * @module
 */

import type { AccountFacts, UsageRow } from "../facts.ts";

/** An account of five seats, old enough to be scored, about which nothing is known but what is given. */
export function accountFacts(given: Partial<AccountFacts>): AccountFacts {
  return {
    accountId: "acme",
    createdAt: 0,
    seats: 5,
    segments: [],
    usage: [],
    responses: [],
    ...given,
  };
}

/** One use of a feature by one user. */
export function usageRow(given: Partial<UsageRow>): UsageRow {
  return {
    userId: "ada",
    day: 0,
    event: "Feature Used",
    feature: null,
    count: 1,
    engagedSeconds: 0,
    ...given,
  };
}
