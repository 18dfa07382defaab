import type { FC } from "hono/jsx";
import { Faulty, type FieldFault, TextField } from "../ui/field.tsx";
import { PageHead, Panel } from "../ui/parts.tsx";
import { type Audience, AudiencePanel } from "./audience-panel.tsx";
import type { SurveyDraft } from "./draft.ts";
import { LanguageFields } from "./language-fields.tsx";
import { LookFields } from "./look-fields.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { StepFields } from "./step-fields.tsx";
import { WhenFields, WhomFields } from "./target-fields.tsx";

export interface BuildView {
  draft: SurveyDraft;
  /** Of the survey that is changed; null for a new one. */
  survey: { id: string; name: string; wasLive: boolean; version: number } | null;
  segments: { key: string; name: string }[];
  features: string[];
  faults: FieldFault[];
  /** Null unless somebody asked. */
  audience: Audience | null;
  preview: { content: string | null; fault: string | null; language: string };
}

/** A survey in the making, with what people will see beside it. */
export const BuildPage: FC<{ view: BuildView }> = ({ view }) => {
  const { draft, survey, faults, preview } = view;
  return (
    <Faulty faults={faults}>
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
      <div class="columns main-aside">
        <form
          id="build"
          method="post"
          action={survey ? `/dashboard/surveys/${survey.id}/edit` : "/dashboard/surveys"}
          class="stack"
          data-trial="#preview"
          data-trial-method="post"
        >
          {/* So that a box without a tick is told from a form that was never shown. */}
          <input type="hidden" name="form" value="1" />
          <Panel title="Questions" note="up to five; the fewer, the more answers">
            <div class="stack">
              <TextField
                name="name"
                label="Name, for your colleagues"
                value={draft.name}
                input={{ required: true, maxlength: 200 }}
              />
              {!survey && (
                <TextField
                  name="key"
                  label="Key, for your code (optional)"
                  value={draft.key}
                  hint="Empty: made of the name; feedback: behind the feedback button"
                  input={{ maxlength: 64 }}
                />
              )}
              <StepFields steps={draft.steps} />
              <TextField
                name="thanks"
                label="Thanks (optional)"
                value={draft.thanks}
                input={{ maxlength: 500 }}
              />
            </div>
          </Panel>
          <WhenFields draft={draft} features={view.features} />
          <WhomFields draft={draft} segments={view.segments} />
          <LookFields draft={draft} />
          <LanguageFields draft={draft} />
          <SaveButtons survey={survey} />
        </form>
        <div class="stack sticky">
          <PreviewPanel
            {...preview}
            theme={draft.theme}
            languages={draft.translations.map(({ locale }) => locale)}
          />
          <AudiencePanel audience={view.audience}>
            <button type="submit" form="build" formnovalidate name="then" value="audience">
              Count them
            </button>
          </AudiencePanel>
        </div>
      </div>
    </Faulty>
  );
};

const SaveButtons: FC<Pick<BuildView, "survey">> = ({ survey }) => (
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
    <button type="submit" formnovalidate name="then" value="show">
      Show the form again
    </button>
  </div>
);
