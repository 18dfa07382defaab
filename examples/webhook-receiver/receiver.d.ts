import type { Hono } from "hono";

/** A message whose signature was good. */
export interface VerifiedMessage {
  id: string;
  type: string;
  /** When it happened, ISO 8601. */
  timestamp: string;
  data: Record<string, unknown>;
  /** When it arrived here, ISO 8601. */
  receivedAt: string;
}

/** Where the secret comes from: fixed, or asked for with every message. */
export type ReceiverOptions = { secret: string } | { getSecret: () => string | null };

/** A small web app: `POST /webhooks` verifies, `GET /messages` shows what came. */
export function createReceiver(options: ReceiverOptions): Hono;
