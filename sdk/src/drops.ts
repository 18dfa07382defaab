import type { DropReason } from "@telltale/protocol";

/** How many events were given up, by reason, until the collector has been told. */
export type DropCounts = { [reason in DropReason]?: number | undefined };

/** Adds to the count of a reason; less than none takes off what the collector knows by now. */
export function countDrops(counts: DropCounts, reason: DropReason, events: number): void {
  counts[reason] = (counts[reason] ?? 0) + events || undefined;
}
