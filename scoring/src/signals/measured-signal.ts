/**
 * A signal: one measured number of an account.
 *
 * @module
 */

/** One measured number, or the statement that there is none. */
export interface MeasuredSignal {
  /** {@link SignalSpec.key}. */
  key: string;
  /** In `unit`; null when missing or stale, which is not zero. Never NaN or infinite. */
  value: number | null;
  unit: string;
  /** How many observations it rests on, 0 or more. */
  sampleSize: number;
  /** Observations after decay, when it differs from `sampleSize`. */
  effectiveSize?: number;
  /** Standard error of the value, where it is an estimate with one. */
  standardError?: number;
  /** The value is a lower bound: what is waited for has not come yet. */
  isCensored?: boolean;
  /** Time of its last observation in milliseconds since the Unix epoch; null when there is none. */
  observedAt: number | null;
  /** `stale`: there was a value, but past `staleAfterDays`. */
  status: "ok" | "missing" | "stale";
  /** Where it stands on the common scale, 0–100, by component, when an earlier score tells; else it is worked out. */
  placed?: Readonly<Record<string, number | null>>;
  /** The account's own earlier windows, when a normaliser asks for them. */
  own?: { mean: number; sd: number; windows: number };
}
