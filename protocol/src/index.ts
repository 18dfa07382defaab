export type * from "./health.ts";
export type * from "./ingest.ts";
export { RESERVED_EVENTS } from "./ingest.ts";
export * from "./limits.ts";
export type * from "./problem.ts";
export type * from "./survey.ts";
export type * from "./webhook.ts";
