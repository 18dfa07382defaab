import type { AccountHealth } from "@telltale/protocol";

/** An event of the demo account, as the panel lists it. */
export interface DemoEvent {
  id: string;
  name: string;
  /** What it is about: a feature, a task, a page, an answer; empty when nothing. */
  detail: string;
  /** When it was received, ISO 8601. */
  at: string;
}

/** A webhook message about the demo account, and how far it got. */
export interface DemoWebhook {
  id: string;
  type: string;
  /** What it says, in a few words. */
  summary: string;
  status: "pending" | "succeeded" | "failed" | "superseded";
  attempts: number;
  /** HTTP status of the last attempt; null before it, or when no answer came. */
  responseStatus: number | null;
  /** What the receiver found; null when it has not reported. */
  signature: "verified" | "invalid" | null;
  at: string;
}

/** The answer of `GET /demo/live`. */
export interface DemoState {
  account: { id: string; name: string };
  /** Null until the account is scored for the first time. */
  health: AccountHealth | null;
  /** Newest first. */
  events: DemoEvent[];
  /** Newest first. */
  webhooks: DemoWebhook[];
  /** How much of the simulated book is stored, 0–1. */
  filledShare: number;
}
