import type { FC } from "hono/jsx";
import { Notice } from "../ui/notice.tsx";
import { PageHead, Panel } from "../ui/parts.tsx";
import { type Audience, AudiencePanel } from "./audience-panel.tsx";
import type { SurveyDraft } from "./draft.ts";
import { Choice } from "./form-fields.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { StepFields } from "./step-fields.tsx";
import { TargetFields } from "./target-fields.tsx";

export interface BuildView {
  draft: SurveyDraft;
  /** Of the survey that is changed; null for a new one. */
  survey: { id: string; name: string; wasLive: boolean; version: number } | null;
  segments: { key: string; name: string }[];
  features: string[];
  faults: string[];
  /** Null unless somebody asked. */
  audience: Audience | null;
  previewLanguage: string;
}

const NEW = "/dashboard/surveys/new";

/** A survey in the making, with what people will see beside it. */
export const BuildPage: FC<{ view: BuildView }> = ({ view }) => {
  const { draft, survey, faults } = view;
  const path = survey ? `/dashboard/surveys/${survey.id}/edit` : NEW;
  return (
    <>
      <p class="crumb">
        <a href="/dashboard/surveys">Surveys</a>
        {survey && (
          <>
            {" › "}
            <a href={`/dashboard/surveys/${survey.id}`}>{survey.name}</a>
          </>
        )}
      </p>
      <PageHead
        title={survey ? "Change the survey" : "New survey"}
        note={
          survey?.wasLive
            ? `People were asked version ${survey.version}. Reword a question and its answers stay comparable; change its kind and it becomes a new question.`
            : "One question, one tap. It asks nobody until you start it."
        }
      />
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
          id="build"
          method="post"
          action={survey ? path : "/dashboard/surveys"}
          class="stack"
          data-trial="#preview"
          data-trial-action={path}
        >
          <Panel title="Questions" note="up to five; the fewer, the more answers">
            <div class="stack">
              <div class="field">
                <label for="name">Name, for your colleagues</label>
                <input id="name" name="name" required maxlength={200} value={draft.name} />
              </div>
              <StepFields steps={draft.steps} />
              <div class="field">
                <label for="thanks">Thanks (optional)</label>
                <input id="thanks" name="thanks" maxlength={500} value={draft.thanks} />
              </div>
            </div>
          </Panel>
          <TargetFields draft={draft} segments={view.segments} features={view.features} />
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
                words={{
                  bottom_right: "Bottom right",
                  bottom_left: "Bottom left",
                  top_right: "Top right",
                  top_left: "Top left",
                  center: "Centre",
                }}
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
          <div class="row save">
            {survey?.wasLive ? (
              <>
                <button type="submit" name="then" value="publish" class="primary">
                  Publish as version {survey.version + 1}
                </button>
                <button type="submit" name="then" value="draft">
                  Keep as a draft
                </button>
              </>
            ) : (
              <button type="submit" class="primary">
                {survey ? "Save" : "Create as a draft"}
              </button>
            )}
            <button type="submit" formmethod="get" formaction={path} formnovalidate>
              Update the preview
            </button>
          </div>
        </form>
        <div class="stack sticky">
          <PreviewPanel draft={draft} id={survey?.id ?? null} language={view.previewLanguage} />
          <AudiencePanel audience={view.audience}>
            <button
              type="submit"
              form="build"
              formmethod="get"
              formaction={path}
              formnovalidate
              name="audience"
              value="1"
            >
              Count them
            </button>
          </AudiencePanel>
        </div>
      </div>
    </>
  );
};
