import type { FC } from "hono/jsx";
import { OUTCOMES } from "../../alerts/act-on-alert.ts";
import { Icon } from "../ui/icon.tsx";
import { Panel } from "../ui/parts.tsx";
import { OUTCOME_WORDS } from "./alert-view.ts";
import type { AlertRow } from "./queries.ts";

/** Who takes an alert on, or puts it off, or ends it. */
export const ActPanel: FC<{ alert: AlertRow; members: string[] }> = ({ alert, members }) => (
  <Panel title="Decide">
    <div class="stack">
      <form method="post" action={`/dashboard/alerts/${alert.id}/assign`} class="inline-form">
        <div class="field">
          <label for="assignee">Assign to</label>
          <input
            id="assignee"
            name="assignee"
            list="members"
            required
            value={alert.assignee ?? ""}
            maxlength={200}
          />
          <datalist id="members">
            {members.map((name) => (
              <option value={name} />
            ))}
          </datalist>
        </div>
        <button type="submit">Assign</button>
      </form>
      <form method="post" action={`/dashboard/alerts/${alert.id}/snooze`} class="stack tight">
        <div class="field">
          <label for="days">Snooze for</label>
          <select id="days" name="days">
            <option value="1">1 day</option>
            <option value="3">3 days</option>
            <option value="7" selected>
              7 days
            </option>
            <option value="14">14 days</option>
          </select>
        </div>
        <div class="field">
          <label for="why">Why</label>
          <input id="why" name="why" maxlength={2000} aria-describedby="why-hint" />
          <span class="hint" id="why-hint">
            For whoever sees it come back; may stay empty.
          </span>
        </div>
        <div>
          <button type="submit">
            <Icon name="clock" />
            Snooze
          </button>
        </div>
      </form>
      <form method="post" action={`/dashboard/alerts/${alert.id}/resolve`} class="stack">
        <div class="field">
          <label for="outcome">Resolve with</label>
          <select id="outcome" name="outcome">
            {OUTCOMES.map((outcome) => (
              <option value={outcome}>{OUTCOME_WORDS[outcome]}</option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="note">Note</label>
          <textarea id="note" name="note" maxlength={2000} aria-describedby="note-hint" />
          <span class="hint" id="note-hint">
            What was learnt; it stays with the alert.
          </span>
        </div>
        <div>
          <button type="submit">
            <Icon name="check" />
            Resolve
          </button>
        </div>
      </form>
    </div>
  </Panel>
);
