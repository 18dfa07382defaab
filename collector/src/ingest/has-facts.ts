import { RESERVED_EVENTS } from "@telltale/protocol";
import type { NewEvent } from "./new-event.ts";

export const SURVEY_EVENTS: ReadonlySet<string> = new Set([
  RESERVED_EVENTS.surveyShown,
  RESERVED_EVENTS.surveyAnswered,
  RESERVED_EVENTS.surveyDismissed,
  RESERVED_EVENTS.surveyPostponed,
]);

/** Whether an event needs more than its row: who is who, or a fact in a table of its own. */
export function hasFacts({ type, event }: Pick<NewEvent, "type" | "event">): boolean {
  return (
    type === "identify" ||
    type === "group" ||
    type === "alias" ||
    event === RESERVED_EVENTS.milestoneReached ||
    SURVEY_EVENTS.has(event)
  );
}
