import type { FC } from "hono/jsx";
import { Panel } from "../ui/parts.tsx";
import type { SurveyDraft } from "./draft.ts";
import { Choice } from "./form-fields.tsx";
import { TRIGGER_WORDS } from "./trigger-draft.ts";

interface TargetProps {
  draft: SurveyDraft;
  segments: { key: string; name: string }[];
  features: string[];
}

/** When a survey asks, and whom. */
export const TargetFields: FC<TargetProps> = ({ draft, segments, features }) => {
  const { kept, ...words } = TRIGGER_WORDS;
  const isKnown = draft.segment === "" || segments.some(({ key }) => key === draft.segment);
  return (
    <Panel title="When and whom">
      <div class="columns three">
        <Choice
          name="trigger"
          label="Ask when"
          value={draft.trigger}
          words={{ ...words, ...(draft.trigger === "kept" && { kept }) }}
        />
        <div class="field">
          <label for="about">Which one</label>
          <input
            id="about"
            name="about"
            maxlength={200}
            value={draft.about}
            list="known-features"
          />
          <datalist id="known-features">
            {features.map((feature) => (
              <option value={feature} />
            ))}
          </datalist>
          <span class="hint">Task, event, feature or path; empty: any task</span>
        </div>
        <Choice
          name="segment"
          label="Only this segment"
          value={draft.segment}
          words={{
            "": "All accounts",
            ...Object.fromEntries(segments.map(({ key, name }) => [key, name])),
            ...(!isKnown && { [draft.segment]: draft.segment }),
          }}
        />
        <div class="field">
          <label for="sample">Share of the users, %</label>
          <input id="sample" name="sample" type="number" min="1" max="100" value={draft.sample} />
        </div>
        <div class="field">
          <label for="repeat">Ask again after, days</label>
          <input id="repeat" name="repeat" type="number" min="1" max="730" value={draft.repeat} />
          <span class="hint">Empty: never; NPS after 90</span>
        </div>
        <div class="field">
          <label for="cap">Stop after, answers</label>
          <input id="cap" name="cap" type="number" min="1" max="10000000" value={draft.cap} />
          <span class="hint">Empty: no end</span>
        </div>
      </div>
    </Panel>
  );
};
