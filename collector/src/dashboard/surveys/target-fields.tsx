import type { FC } from "hono/jsx";
import { DEVICES } from "../../surveys/device.ts";
import { AreaField, CheckField, Choice, GroupField, TextField } from "../ui/field.tsx";
import { Panel } from "../ui/parts.tsx";
import { SegmentsField } from "../ui/segments-field.tsx";
import { AGAIN_WORDS, DEVICE_WORDS, type SurveyDraft } from "./draft.ts";
import { FilterRows } from "./filter-rows.tsx";
import { QuotaRows } from "./quota-rows.tsx";
import { MATCH_WORDS, STAGE_WORDS, TRIGGER_WORDS } from "./trigger-draft.ts";

interface TargetProps {
  draft: SurveyDraft;
  segments: { key: string; name: string }[];
  features: string[];
}

/** When a survey asks. */
export const WhenFields: FC<Pick<TargetProps, "draft" | "features">> = ({ draft, features }) => (
  <Panel title="When" class="when">
    <div class="stack">
      <div class="columns three">
        <Choice name="trigger" label="Ask when" value={draft.trigger} words={TRIGGER_WORDS} />
        <TextField
          name="about"
          label="Which one"
          value={draft.about}
          hint="Task, event, feature or path; empty: any task or page"
          input={{ maxlength: 500, list: "known-features" }}
        />
        <div class="for-page">
          <Choice name="match" label="The path" value={draft.match} words={MATCH_WORDS} />
        </div>
        <div class="for-feature">
          <Choice name="stage" label="Once it is" value={draft.stage} words={STAGE_WORDS} />
        </div>
        <div class="for-time">
          <TextField
            name="seconds"
            label="For, seconds"
            value={draft.seconds}
            input={{ type: "number", min: 1, max: 3_600 }}
          />
        </div>
        <div class="for-scroll">
          <TextField
            name="percent"
            label="So far down, %"
            value={draft.percent}
            input={{ type: "number", min: 1, max: 100 }}
          />
        </div>
        <div class="for-click">
          <TextField
            name="clicked"
            label="What is clicked (CSS selector)"
            value={draft.clicked}
            input={{ maxlength: 300, placeholder: "#export" }}
          />
        </div>
        <div class="for-click">
          <TextField
            name="says"
            label="And says"
            value={draft.says}
            hint="Its whole text; empty: anything"
            input={{ maxlength: 200, placeholder: "Export" }}
          />
        </div>
        <TextField
          name="delay"
          label="Wait, seconds"
          value={draft.delay}
          hint="Then it looks again whether it may ask"
          input={{ type: "number", min: 0, max: 600, step: "any" }}
        />
        <TextField
          name="selector"
          label="Only beside (CSS selector)"
          value={draft.selector}
          hint="While the page has such an element; empty: anywhere"
          input={{ maxlength: 300, placeholder: ".report" }}
        />
      </div>
      <datalist id="known-features">
        {features.map((feature) => (
          <option value={feature} />
        ))}
      </datalist>
      <div class="for-event">
        <FilterRows
          name="where"
          legend="Only if its properties fit"
          subject="Property of the event"
          rows={draft.where}
        />
      </div>
      <details {...(draft.cancel !== "" && { open: true })}>
        <summary class="small">Not if meanwhile something happens</summary>
        <AreaField
          name="cancel"
          label="Events that withdraw a waiting prompt, one a line"
          value={draft.cancel}
          input={{ maxlength: 5_000, placeholder: "Checkout Started" }}
        />
      </details>
    </div>
  </Panel>
);

/** Whom a survey asks. */
export const WhomFields: FC<Pick<TargetProps, "draft" | "segments">> = ({ draft, segments }) => {
  const isFiltered = draft.user.length + draft.account.length > 0;
  return (
    <Panel title="Whom">
      <div class="stack">
        <SegmentsField
          legend="Only accounts of these segments (none chosen: all)"
          segments={segments}
          chosen={draft.segments}
        />
        <GroupField id="devices" legend="Only on these devices (none chosen: all)">
          <div class="columns three">
            {DEVICES.map((device) => (
              <CheckField
                name="devices"
                value={device}
                label={DEVICE_WORDS[device]}
                isOn={draft.devices.includes(device)}
              />
            ))}
          </div>
        </GroupField>
        <details {...(isFiltered && { open: true })}>
          <summary class="small">Only if traits fit</summary>
          <div class="stack">
            <FilterRows
              name="user"
              legend="Of the user, all of"
              subject="Trait of the user"
              rows={draft.user}
            />
            <FilterRows
              name="account"
              legend="Of the account, all of"
              subject="Trait of the account"
              rows={draft.account}
            />
          </div>
        </details>
        <div class="columns three">
          <TextField
            name="sample"
            label="Share of the users, %"
            value={draft.sample}
            hint="Always the same users"
            input={{ type: "number", min: 0, max: 100, step: "any" }}
          />
          <Choice name="again" label="Ask again" value={draft.again} words={AGAIN_WORDS} />
          <TextField
            name="repeat"
            label="That is, days"
            value={draft.repeat}
            input={{ type: "number", min: 1, max: 730 }}
          />
          <TextField
            name="spread"
            label="Spread over, days"
            value={draft.spread}
            hint="Each user gets a day of them; empty: 90 for NPS, else 0"
            input={{ type: "number", min: 0, max: 365 }}
          />
          <TextField
            name="cap"
            label="Stop after, answers"
            value={draft.cap}
            hint="Empty: no end"
            input={{ type: "number", min: 1, max: 10_000_000 }}
          />
          <TextField
            name="start"
            label="From, UTC"
            value={draft.start}
            hint="Empty: once it is started"
            input={{ type: "datetime-local" }}
          />
          <TextField
            name="end"
            label="Until, UTC"
            value={draft.end}
            hint="Empty: no end"
            input={{ type: "datetime-local" }}
          />
        </div>
        <TextField
          name="tags"
          label="Tags, with commas between"
          value={draft.tags}
          hint={
            <>
              What it is about; <a href="/dashboard/surveys#limits">limits</a> bound how many
              prompts of a tag one person sees
            </>
          }
          input={{ maxlength: 500, placeholder: "research" }}
        />
        <details {...(draft.quotas.length > 0 && { open: true })}>
          <summary class="small">Stop sooner in some segments</summary>
          <QuotaRows rows={draft.quotas} segments={segments} />
        </details>
      </div>
    </Panel>
  );
};
