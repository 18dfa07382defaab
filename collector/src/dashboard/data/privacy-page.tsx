import type { FC } from "hono/jsx";
import { toCount } from "../format.ts";
import { Notice } from "../ui/notice.tsx";
import { PageHead, Panel } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { DATA_TABS } from "./tabs.ts";

interface PrivacyProps {
  /** Days that raw events are kept; null: without end. */
  retentionDays: number | null;
  canChange: boolean;
  /** What was just erased, in rows by table. */
  erased: Record<string, number> | null;
  fault: string | null;
}

/** What is kept of people, and how to give it out or end it. */
export const PrivacyPage: FC<PrivacyProps> = ({ retentionDays, canChange, erased, fault }) => (
  <>
    <PageHead title="Privacy" note="What is kept of people, and how to give it out or end it." />
    <Tabs label="Data" tabs={DATA_TABS} current="/dashboard/data/privacy" />
    {fault && <Notice kind="bad">{fault}</Notice>}
    {erased && (
      <Notice kind="good">
        Erased{" "}
        {toCount(
          Object.values(erased).reduce((sum, rows) => sum + rows, 0),
          "row",
        )}{" "}
        in {toCount(Object.values(erased).filter((rows) => rows > 0).length, "table")}. What a late
        device still sends of this person is refused.
      </Notice>
    )}
    <div class="stack">
      <Panel title="Retention">
        <p>
          {retentionDays === null
            ? "Raw events are kept without end."
            : `Raw events are kept for ${toCount(retentionDays, "day")}.`}{" "}
          Daily sums and scores, which name no page and no device, stay.
        </p>
        {canChange && (
          <form method="post" action="/dashboard/data/privacy/retention" class="inline-form">
            <div class="field">
              <label for="retention">Keep raw events for, days</label>
              <input
                id="retention"
                name="days"
                type="number"
                min="31"
                max="36500"
                value={retentionDays ?? ""}
                placeholder="without end"
              />
            </div>
            <button type="submit">Save</button>
          </form>
        )}
      </Panel>
      {canChange ? (
        <div class="columns">
          <Panel title="Export a person">
            <form method="post" action="/dashboard/data/privacy/export" class="form">
              <div class="field">
                <label for="export-user">User id</label>
                <input id="export-user" name="user" required maxlength={500} autocomplete="off" />
                <span class="hint">Everything that is kept of the person, as one JSON file.</span>
              </div>
              <div>
                <button type="submit">Download</button>
              </div>
            </form>
          </Panel>
          <Panel title="Erase a person">
            <form method="post" action="/dashboard/data/privacy/erase" class="form">
              <div class="field">
                <label for="erase-user">User id</label>
                <input id="erase-user" name="user" required maxlength={500} autocomplete="off" />
              </div>
              <div class="field">
                <label for="erase-again">The same id again</label>
                <input id="erase-again" name="again" required maxlength={500} autocomplete="off" />
                <span class="hint">
                  It can't be undone: events, answers and traits go, in every table.
                </span>
              </div>
              <div>
                <button type="submit" class="danger">
                  Erase for good
                </button>
              </div>
            </form>
          </Panel>
        </div>
      ) : (
        <p class="soft">An admin can export and erase people.</p>
      )}
    </div>
  </>
);
