import type { FC } from "hono/jsx";
import { Notice } from "../ui/notice.tsx";
import { PageHead, Panel } from "../ui/parts.tsx";
import { KINDS, type SurveyDraft, TRIGGER_WORDS } from "./draft.ts";
import { SurveyPreview } from "./preview.tsx";

const Choice: FC<{ name: string; label: string; value: string; words: Record<string, string> }> = ({
  name,
  label,
  value,
  words,
}) => (
  <div class="field">
    <label for={name}>{label}</label>
    <select id={name} name={name}>
      {Object.entries(words).map(([key, word]) => (
        <option value={key} selected={key === value}>
          {word}
        </option>
      ))}
    </select>
  </div>
);

interface BuildProps {
  draft: SurveyDraft;
  segments: { key: string; name: string }[];
  features: string[];
  faults: string[];
}

/** A new survey, with what people will see beside it. */
export const BuildPage: FC<BuildProps> = ({ draft, segments, features, faults }) => (
  <>
    <p class="crumb">
      <a href="/dashboard/surveys">Surveys</a>
    </p>
    <PageHead title="New survey" note="One question, one tap. It asks nobody until you start it." />
    {faults.length > 0 && (
      <Notice kind="bad">
        <ul>
          {faults.map((fault) => (
            <li>{fault}</li>
          ))}
        </ul>
      </Notice>
    )}
    <div class="columns main-aside">
      <form
        method="post"
        action="/dashboard/surveys"
        class="stack"
        data-trial="#preview"
        data-trial-action="/dashboard/surveys/new"
      >
        <Panel title="Question">
          <div class="form">
            <div class="field">
              <label for="name">Name, for your colleagues</label>
              <input id="name" name="name" required maxlength={200} value={draft.name} />
            </div>
            <Choice
              name="kind"
              label="Kind"
              value={draft.kind}
              words={Object.fromEntries(
                Object.entries(KINDS).map(([key, { word }]) => [key, word]),
              )}
            />
            <div class="field">
              <label for="prompt">Question</label>
              <input id="prompt" name="prompt" maxlength={500} value={draft.prompt} />
            </div>
            <div class="field">
              <label for="follow-up">Then ask, in words (optional)</label>
              <input
                id="follow-up"
                name="follow-up"
                maxlength={500}
                value={draft.followUp}
                placeholder="What is the main reason?"
              />
            </div>
            <div class="field">
              <label for="thanks">Thanks (optional)</label>
              <input id="thanks" name="thanks" maxlength={500} value={draft.thanks} />
            </div>
          </div>
        </Panel>
        <Panel title="When and whom">
          <div class="form">
            <div class="columns three">
              <Choice name="trigger" label="Ask when" value={draft.trigger} words={TRIGGER_WORDS} />
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
            </div>
            <div class="columns three">
              <Choice
                name="segment"
                label="Only this segment"
                value={draft.segment}
                words={{
                  "": "All accounts",
                  ...Object.fromEntries(segments.map(({ key, name }) => [key, name])),
                }}
              />
              <div class="field">
                <label for="sample">Share of the users, %</label>
                <input
                  id="sample"
                  name="sample"
                  type="number"
                  min="1"
                  max="100"
                  value={draft.sample}
                />
              </div>
            </div>
          </div>
        </Panel>
        <Panel title="Look">
          <div class="columns three">
            <Choice
              name="theme"
              label="Theme"
              value={draft.theme}
              words={{ auto: "As the device", light: "Light", dark: "Dark" }}
            />
            <Choice
              name="position"
              label="Place"
              value={draft.position}
              words={{ bottom_right: "Bottom right", bottom_left: "Bottom left", center: "Centre" }}
            />
            <div class="field">
              <label for="accent">Accent</label>
              <input id="accent" name="accent" type="color" value={draft.accent} />
            </div>
            <div class="field">
              <label for="locale">Language of the texts</label>
              <input id="locale" name="locale" maxlength={20} value={draft.locale} />
            </div>
          </div>
        </Panel>
        <div class="row">
          <button type="submit" class="primary">
            Create as a draft
          </button>
          <button type="submit" formmethod="get" formaction="/dashboard/surveys/new" formnovalidate>
            Update the preview
          </button>
        </div>
      </form>
      <Panel title="Preview" class="sticky">
        <div id="preview" class="stack">
          <SurveyPreview draft={draft} device="desktop" />
          <SurveyPreview draft={draft} device="phone" />
        </div>
      </Panel>
    </div>
  </>
);
