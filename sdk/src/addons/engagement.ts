import { RESERVED_EVENTS } from "@telltale/protocol";
import type { AddOnClient } from "../options.ts";

/** One sign of life stands for this much attention, in milliseconds. */
const ATTENTION_MS = 15_000;
/** Less engaged time than this is not worth an event, in milliseconds. */
const MIN_ENGAGED_MS = 1_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "touchmove", "focus"];
const AWAY_SIGNS = ["blur", "visibilitychange", "pagehide"];

/**
 * Counts the time that a person spends with the page, not the time that it is open, and records
 * it whenever the page is left: the parts of a session add up.
 *
 * A page is engaged for 15 s after each move, key, touch or scroll, while it is visible and
 * focused. No timer runs; the gaps between the signs are added up.
 */
export function watchEngagement(client: Pick<AddOnClient, "track">): () => void {
  let engagedMs = 0;
  let countedTo = Date.now();
  let until = 0;
  let engagedAt = countedTo;
  const count = () => {
    const now = Date.now();
    const end = Math.min(now, until);
    if (end > countedTo) {
      engagedMs += end - countedTo;
      engagedAt = end;
    }
    countedTo = now;
  };
  const onSign = () => {
    count();
    // A mouse moves over windows that nobody works in as well.
    if (document.hasFocus()) until = countedTo + ATTENTION_MS;
  };
  // To look at a page that has just come is one; in a tab that opened in the background nobody does.
  onSign();
  const onAway = ({ type }: Event) => {
    count();
    until = 0;
    // As of the last engaged moment: a tab closed hours later must not begin a session.
    const isLeft = type === "pagehide" || document.visibilityState === "hidden";
    if (isLeft && engagedMs >= MIN_ENGAGED_MS) {
      client.track(RESERVED_EVENTS.sessionEnded, { engaged_ms: engagedMs }, engagedAt);
      engagedMs = 0;
    }
  };
  const listeners = [
    ...SIGNS.map((sign) => ({ sign, listener: onSign })),
    ...AWAY_SIGNS.map((sign) => ({ sign, listener: onAway })),
  ];
  // In the capture phase: before the delivery sends what there is.
  const options = { capture: true, passive: true };
  for (const { sign, listener } of listeners) addEventListener(sign, listener, options);
  return () => {
    for (const { sign, listener } of listeners) removeEventListener(sign, listener, options);
  };
}
