import type { FC } from "hono/jsx";
import { MOST_PROMPT_LIMITS } from "../../projects/settings.ts";
import { Faulty, type FieldFault, FieldNotes } from "../ui/field.tsx";
import { Panel } from "../ui/parts.tsx";
import { RowInput, withSpare } from "./field-rows.tsx";
import type { LimitDraft } from "./limit-draft.ts";

const NONE: LimitDraft = { tag: "", prompts: "", days: "" };

interface LimitsPanelProps {
  limits: readonly LimitDraft[];
  faults: FieldFault[];
  canChange: boolean;
}

/** How many prompts of surveys with a tag one person sees. */
export const LimitsPanel: FC<LimitsPanelProps> = ({ limits, faults, canChange }) => (
  <Panel title="Limits by tag" id="limits" note="besides 7 days between any two prompts">
    <Faulty faults={faults}>
      {limits.length === 0 && !canChange ? (
        <p class="soft">No tag has a limit.</p>
      ) : (
        <form method="post" action="/dashboard/surveys/limits" class="stack">
          <fieldset class="rows-of-fields" disabled={!canChange}>
            <legend>How many prompts of surveys with a tag one person sees</legend>
            <div class="field-row soft small" aria-hidden="true">
              <span>Tag</span>
              <span>Prompts, at most</span>
              <span>Within days</span>
            </div>
            {(canChange ? withSpare(limits, { none: NONE, most: MOST_PROMPT_LIMITS }) : limits).map(
              (limit, at) => (
                <LimitRow limit={limit} row={at + 1} />
              ),
            )}
          </fieldset>
          {canChange && (
            <div class="row save">
              <button type="submit">Save the limits</button>
            </div>
          )}
        </form>
      )}
    </Faulty>
  </Panel>
);

const LimitRow: FC<{ limit: LimitDraft; row: number }> = ({ limit, row }) => {
  const [tag, prompts, days] = [`limit-${row}-tag`, `limit-${row}-prompts`, `limit-${row}-days`];
  return (
    <div class="field-row">
      <RowInput
        id={tag}
        label={`Tag ${row}`}
        value={limit.tag}
        maxlength={40}
        placeholder="research"
      />
      <RowInput
        id={prompts}
        label={`Prompts of tag ${row}, at most`}
        type="number"
        min={1}
        max={100}
        value={limit.prompts}
        placeholder="1"
      />
      <RowInput
        id={days}
        label={`Days of tag ${row}`}
        type="number"
        min={1}
        max={730}
        value={limit.days}
        placeholder="90"
      />
      <FieldNotes id={tag} />
      <FieldNotes id={prompts} />
      <FieldNotes id={days} />
    </div>
  );
};
