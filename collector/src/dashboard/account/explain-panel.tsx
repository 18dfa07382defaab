import type { ChangeExplanation, ChangePart } from "@telltale/scoring";
import type { FC } from "hono/jsx";
import { toCalendarDay, toDayNumber } from "../../scores/civil-day.ts";
import { Waterfall, type WaterfallStep } from "../charts/waterfall.tsx";
import { toLongDay } from "../format.ts";
import { Notice } from "../ui/notice.tsx";
import type { HistorySpan } from "./history-span.tsx";
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

const KINDS: Record<ChangePart["kind"], string> = {
  behaviour: "What they did",
  decay: "Time passing",
  sentiment: "What they said",
  external: "Other systems",
  missing: "Came to be known, or unknown",
  peers: "Their peers",
  model: "The model",
  override: "A rule",
};

/** The sentence begins with what moved and its points, which have places of their own. */
function toStep({ kind, points, sentence }: ChangePart): WaterfallStep {
  const [, moved = "", why = sentence] = /^(.+?) [+−]?[\d.]+: (.+)$/.exec(sentence) ?? [];
  return { label: moved || KINDS[kind], points, sentence: moved ? `${KINDS[kind]}: ${why}` : why };
}

function daysBefore(day: string, days: number): string {
  return toCalendarDay(toDayNumber(day) - days);
}

/** Asks why the score moved between two days. */
export const ExplainPanel: FC<{
  explained: Explained;
  history: HistoryDay[];
  accountId: string;
  /** Of the history above, which stays as it is. */
  span: HistorySpan;
}> = ({ explained, history, accountId, span }) => {
  if (history.length < 2) return null;
  const { from, to, explanation, fault } = explained;
  const [first, last] = [history[0]?.day, history.at(-1)?.day];
  const weekAgo = history.findLast(({ day }) => day <= daysBefore(last ?? "", 7))?.day ?? first;
  return (
    <section class="explain" id="change" aria-label="Explain the change between two days">
      <h3>Explain a change</h3>
      <form
        class="inline-form"
        method="get"
        action={`/dashboard/accounts/${encodeURIComponent(accountId)}#change`}
      >
        <input type="hidden" name="span" value={span} />
        <DayField name="from" label="From" value={from || weekAgo} span={[first, last]} />
        <DayField name="to" label="To" value={to || last} span={[first, last]} />
        <button type="submit">Explain</button>
      </form>
      {fault && <Notice kind="warn">{fault}</Notice>}
      {explanation && (
        <Waterfall
          caption={`The change from ${toLongDay(from)} to ${toLongDay(to)}`}
          start={{ label: `Score on ${toLongDay(from)}`, value: explanation.from, sentence: "" }}
          steps={explanation.parts.map(toStep)}
          end={{ label: `Score on ${toLongDay(to)}`, value: explanation.to }}
        />
      )}
    </section>
  );
};

const DayField: FC<{
  name: string;
  label: string;
  value: string | undefined;
  span: readonly [first: string | undefined, last: string | undefined];
}> = ({ name, label, value, span: [first, last] }) => (
  <div class="field">
    <label for={`explain-${name}`}>{label}</label>
    <input
      id={`explain-${name}`}
      type="date"
      name={name}
      value={value}
      min={first}
      max={last}
      required
    />
  </div>
);
