/** How far back proofs count, in days. */
export const PROOF_DAYS = 28;
const DAY_MS = 86_400_000;

/** The UTC day of a moment. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** The last day whose proofs are forgotten. */
export const forgottenDay = (now: number): string => dayOf(now - PROOF_DAYS * DAY_MS);
