/** How a foreign system names an account. */
export type AccountReference =
  | { by: "id"; id: string }
  /** By `externalIds[system]` of the account. */
  | { by: "external"; system: string; id: string }
  /** By a user of ours who belongs to it. */
  | { by: "user"; id: string };

/** One fact from a foreign system. Times are ISO 8601. */
export type InboundSignal = { account: AccountReference } & (
  | { kind: "observation"; series: string; value: number; at: string }
  | {
      kind: "outcome";
      outcome: "renewed" | "churned" | "expanded" | "contracted";
      at: string;
      value: number | null;
    }
  | {
      kind: "response";
      measure: "nps" | "csat" | "ces" | "thumbs";
      value: number;
      /** 0–100, higher is happier. */
      value100: number;
      userId: string;
      text: string | null;
      at: string;
      /** Stable: the same answer has the same id when it is sent again. */
      id: string;
    }
);

/** A request as it came in, before anything was believed. */
export interface InboundRequest {
  method: string;
  /** The full address that the sender used. */
  url: string;
  header(name: string): string | undefined;
  /** The exact text; signatures are over it. */
  body: string;
  /** Milliseconds since the epoch. */
  receivedAt: number;
}

/** How a foreign system is understood. */
export interface Preset {
  /** Whether the sender knows the secret, and the request is fresh where its scheme can tell. */
  isGenuine(request: InboundRequest, secret: string): boolean;
  /** What the body says that we have a use for; an empty list for the rest. */
  read(body: unknown, request: InboundRequest): InboundSignal[];
}

/** An answer on the common scale, by the measure's own: NPS 0–10, thumbs 0–1, others 1 to `scale`. */
export function toValue100(
  measure: "nps" | "csat" | "ces" | "thumbs",
  value: number,
  scale = 5,
): number {
  const share =
    measure === "nps" ? value / 10 : measure === "thumbs" ? value : (value - 1) / (scale - 1);
  return Math.min(100, Math.max(0, share * 100));
}
