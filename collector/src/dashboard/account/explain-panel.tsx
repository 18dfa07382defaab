import type { ChangeExplanation } from "@telltale/scoring";
import type { FC } from "hono/jsx";
import { toCalendarDay, toDayNumber } from "../../scores/civil-day.ts";
import { Waterfall } from "../charts/waterfall.tsx";
import { Notice } from "../ui/notice.tsx";
import type { HistoryDay } from "./queries.ts";

/** What was asked about two dates, and the answer. */
export interface Explained {
  from: string;
  to: string;
  /** Null while nobody asked. */
  explanation: ChangeExplanation | null;
  /** Why there is no answer. */
  fault: string | null;
}

const KINDS: Record<string, string> = {
  behaviour: "What they did",
  decay: "Time passing",
  sentiment: "What they said",
  external: "Other systems",
  missing: "Came to be known, or unknown",
  peers: "Their peers",
  model: "The model",
  override: "A rule",
};

function daysBefore(day: string, days: number): string {
  return toCalendarDay(toDayNumber(day) - days);
}

/** Asks why the score moved between two days. */
export const ExplainPanel: FC<{
  explained: Explained;
  history: HistoryDay[];
  accountId: string;
}> = ({ explained, history, accountId }) => {
  if (history.length < 2) return null;
  const { from, to, explanation, fault } = explained;
  const [first, last] = [history[0]?.day, history.at(-1)?.day];
  const weekAgo = history.findLast(({ day }) => day <= daysBefore(last ?? "", 7))?.day ?? first;
  return (
    <section class="explain" id="change" aria-label="Explain the change between two days">
      <form
        class="inline-form"
        method="get"
        action={`/dashboard/accounts/${encodeURIComponent(accountId)}#change`}
      >
        <div class="field">
          <label for="explain-from">Explain the change from</label>
          <input
            id="explain-from"
            type="date"
            name="from"
            value={from || weekAgo}
            min={first}
            max={last}
            required
          />
        </div>
        <div class="field">
          <label for="explain-to">to</label>
          <input
            id="explain-to"
            type="date"
            name="to"
            value={to || last}
            min={first}
            max={last}
            required
          />
        </div>
        <button type="submit">Explain</button>
      </form>
      {fault && <Notice kind="warn">{fault}</Notice>}
      {explanation && (
        <Waterfall
          caption={`The change from ${from} to ${to}`}
          start={{ label: `Score on ${from}`, value: explanation.from, sentence: "" }}
          steps={explanation.parts.map((part) => ({
            label: KINDS[part.kind] ?? part.kind,
            points: part.points,
            sentence: part.sentence,
          }))}
          end={{ label: `Score on ${to}`, value: explanation.to }}
        />
      )}
    </section>
  );
};
