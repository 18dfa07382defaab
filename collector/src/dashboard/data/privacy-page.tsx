import type { FC } from "hono/jsx";
import { toCount } from "../format.ts";
import { Faulty, type FieldFault, TextField } from "../ui/field.tsx";
import { Result } from "../ui/notice.tsx";
import { PageHead, Panel } from "../ui/parts.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { DATA_TABS } from "./tabs.ts";

interface PrivacyProps {
  /** Days that raw events are kept; null: without end. */
  retentionDays: number | null;
  canChange: boolean;
  /** What was just erased, in rows by table. */
  erased: Record<string, number> | null;
  /** What was typed into the forms, where it was refused. */
  typed: { days?: string; user?: string; exportUser?: string };
  faults: FieldFault[];
}

/** What is kept of people, and how to give it out or end it. */
export const PrivacyPage: FC<PrivacyProps> = (props) => {
  const { retentionDays, canChange, erased, typed, faults } = props;
  return (
    <Faulty faults={faults}>
      <PageHead title="Privacy" note="What is kept of people, and how to give it out or end it." />
      <Tabs label="Data" tabs={DATA_TABS} current="/dashboard/data/privacy" />
      {erased && (
        <Result kind="good">
          Erased{" "}
          {toCount(
            Object.values(erased).reduce((sum, rows) => sum + rows, 0),
            "row",
          )}{" "}
          in {toCount(Object.values(erased).filter((rows) => rows > 0).length, "table")}. What a
          late device still sends of this person is refused.
        </Result>
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
              <TextField
                name="days"
                label="Keep raw events for, days"
                value={typed.days ?? retentionDays ?? ""}
                hint="31 to 36,500; empty: without end"
                input={{ type: "number", min: 31, max: 36_500 }}
              />
              <button type="submit">Save</button>
            </form>
          )}
        </Panel>
        {canChange ? (
          <div class="columns">
            <Panel title="Export a person">
              <form method="post" action="/dashboard/data/privacy/export" class="form">
                <TextField
                  name="exportUser"
                  label="User id"
                  value={typed.exportUser ?? ""}
                  hint="Everything that is kept of the person, as one JSON file."
                  input={{ required: true, maxlength: 500, autocomplete: "off" }}
                />
                <div>
                  <button type="submit">Download</button>
                </div>
              </form>
            </Panel>
            <Panel title="Erase a person">
              <form method="post" action="/dashboard/data/privacy/erase" class="form">
                <TextField
                  name="user"
                  label="User id"
                  value={typed.user ?? ""}
                  input={{ required: true, maxlength: 500, autocomplete: "off" }}
                />
                <TextField
                  name="again"
                  label="The same id again"
                  value=""
                  hint="It can't be undone: events, answers and traits go, in every table."
                  input={{ required: true, maxlength: 500, autocomplete: "off" }}
                />
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
    </Faulty>
  );
};
